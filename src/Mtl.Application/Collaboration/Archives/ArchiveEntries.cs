namespace Mtl.Application.Collaboration.Archives;

/// <summary>Names within a run's archive.</summary>
internal static class ArchiveEntries
{
    public const string Manifest = "manifest.json";

    /// <summary>Key → value, as one JSON object.</summary>
    public const string Params = "params.json";

    public const string Tags = "tags.json";

    /// <summary>The datasets that it was given, as one JSON array.</summary>
    public const string Inputs = "inputs.json";

    /// <summary>The experiment's definition that the run was trained by; absent for a run that a client logged.</summary>
    public const string Definition = "definition.json";

    /// <summary>One point a line.</summary>
    public const string Metrics = "metrics.jsonl";

    /// <summary>One log line a line.</summary>
    public const string Log = "log.jsonl";

    public const string Artifacts = "artifacts/";

    private static readonly string[] Documents = [Manifest, Params, Tags, Inputs, Definition, Metrics, Log];

    /// <summary>What is wrong with an entry's name; rules in a table, the first that it breaks counts.</summary>
    private static readonly (Func<string, bool> Breaks, string Rule)[] Rules =
    [
        (name => name.Length is 0 or > 1100, "its length is not between 1 and 1100 characters"),
        (name => name.Any(char.IsControl), "it holds a control character"),
        (name => name.Contains('\\'), "it holds a '\\'"),
        (name => name[0] == '/' || name is [_, ':', ..], "it is absolute"),
        (name => name.TrimEnd('/').Split('/').Any(part => part is "." or ".." or ""), "it holds '.', '..' or an empty name"),
        (name => !Documents.Contains(name) && !name.StartsWith(Artifacts, StringComparison.Ordinal), $"it is neither below {Artifacts} nor one of {string.Join(", ", Documents)}"),
    ];

    /// <summary>The rule that a name breaks, as the end of a sentence; null for a good one.</summary>
    public static string? Refuse(string name) => Rules.FirstOrDefault(rule => rule.Breaks(name)).Rule;
}
