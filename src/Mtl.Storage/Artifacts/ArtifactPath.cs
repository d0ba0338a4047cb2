using Mtl.Core;

namespace Mtl.Storage.Artifacts;

/// <summary>What may name a run's file. Rules in a table: the first that a path breaks names the error.</summary>
internal static class ArtifactPath
{
    private const int MostBytes = 1024;
    private const int MostSegmentBytes = 255;
    private const string Advice = "Give a path relative to the run's artifacts, with '/' between folders, such as 'plots/loss.png'.";

    private static readonly (Func<string, bool> Breaks, string Rule)[] Rules =
    [
        (path => path.Length == 0, "it is empty"),
        (path => Bytes(path) > MostBytes, $"it is longer than {MostBytes} bytes"),
        (path => path.Any(char.IsControl), "it holds a control character"),
        (path => path.Contains('\\'), "it holds a '\\'"),
        (path => path[0] == '/', "it is absolute"),
        (path => path is [_, ':', ..] && char.IsAsciiLetter(path[0]), "it names a drive"),
        (path => path.Split('/').Contains(""), "it holds an empty name"),
        (path => path.Split('/').Any(name => name is "." or ".."), "it holds '.' or '..'"),
        (path => path.Split('/').Any(name => Bytes(name) > MostSegmentBytes), $"it holds a name of more than {MostSegmentBytes} bytes"),
    ];

    /// <summary>The names of the path from the run's folder down, or Invalid.</summary>
    public static Result<string[]> Parse(string path)
    {
        foreach (var (breaks, rule) in Rules)
        {
            if (breaks(path))
                return Error.Invalid($"'{Shown(path)}' can't be an artifact's path: {rule}.", Advice, "path");
        }

        return path.Split('/');
    }

    /// <summary>Run ids are folder names: letters, digits, '-', '_', at most 100.</summary>
    public static Result<string> RunFolder(string runId) => runId.Length is > 0 and <= 100 && runId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? runId
        : Error.Invalid($"'{Shown(runId)}' can't be a run's id: 1 to 100 letters, digits, '-' and '_' are allowed.", "Take the id from the list of runs.", "runId");

    private static int Bytes(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    private static string Shown(string path)
    {
        var printable = string.Concat(path.Select(c => char.IsControl(c) ? '�' : c));
        return printable.Length <= 100 ? printable : $"{printable[..100]}…";
    }
}
