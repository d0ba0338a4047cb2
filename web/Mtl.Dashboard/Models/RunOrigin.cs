namespace Mtl.Dashboard.Models;

/// <summary>Where a logged run comes from, as its client says in tags.</summary>
public static class RunOrigin
{
    private static readonly (string Tag, string Title, bool IsRun)[] Tags =
    [
        ("mlflow.user", "Person", false), ("mlflow.source.name", "Program", false), ("mlflow.source.git.commit", "Git commit", false), ("mlflow.parentRunId", "Part of run", true),
    ];

    /// <summary>What there is, with its title; IsRun where the value is another run's id.</summary>
    public static IReadOnlyList<(string Title, string Value, bool IsRun)> Of(IReadOnlyDictionary<string, string> tags) =>
        [.. Tags.Where(item => tags.TryGetValue(item.Tag, out var value) && value.Length > 0).Select(item => (item.Title, tags[item.Tag], item.IsRun))];
}
