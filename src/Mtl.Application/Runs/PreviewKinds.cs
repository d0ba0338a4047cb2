namespace Mtl.Application.Runs;

/// <summary>Which endings are shown, and how. A table of what is known to be harmless to show so; everything else is downloaded.</summary>
internal static class PreviewKinds
{
    private static readonly Dictionary<string, string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
    };

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".md", ".log", ".csv", ".tsv", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".py", ".cs", ".js", ".ts", ".sh", ".sql", ".xml", ".html", ".htm", ".css", ".jsonl", ".diff", ".patch", ".env",
    };

    /// <summary>Files that are texts without an ending.</summary>
    private static readonly HashSet<string> Names = ["MLmodel", "README", "LICENSE", "Dockerfile", "requirements"];

    public static PreviewKind Of(string path)
    {
        var ending = Path.GetExtension(path);
        return ending switch
        {
            _ when Pictures.ContainsKey(ending) => PreviewKind.Picture,
            _ when ending.Equals(".json", StringComparison.OrdinalIgnoreCase) || ending.Equals(".ipynb", StringComparison.OrdinalIgnoreCase) => PreviewKind.Json,
            _ when Texts.Contains(ending) || Names.Contains(Path.GetFileName(path)) => PreviewKind.Text,
            _ => PreviewKind.None,
        };
    }

    /// <summary>The type to send a picture as; null for what is none.</summary>
    public static string? MediaType(string path) => Pictures.GetValueOrDefault(Path.GetExtension(path));
}
