using Mtl.Application.Collaboration.Tables;

namespace Mtl.Dashboard.Models;

/// <summary>Runs side by side: what they were given and what came out.</summary>
public sealed class TrackedComparison(IReadOnlyList<RunTableRow> runs)
{
    public IReadOnlyList<RunTableRow> Runs { get; } = runs;

    /// <summary>The metric keys that some run has.</summary>
    public IReadOnlyList<string> Metrics { get; } = [.. runs.SelectMany(run => run.Metrics.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A row per parameter; null where a run has none.</summary>
    public IReadOnlyList<ComparedRow> Parameters(bool onlyDiffering) => Rows(run => run.Parameters, onlyDiffering);

    public IReadOnlyList<ComparedRow> Tags(bool onlyDiffering) => [.. Rows(run => run.Tags, onlyDiffering).Where(row => !row.Key.StartsWith("mlflow.", StringComparison.Ordinal))];

    private ComparedRow[] Rows(Func<RunTableRow, IReadOnlyDictionary<string, string>> read, bool onlyDiffering) =>
    [
        .. Runs.SelectMany(run => read(run).Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(key => new ComparedRow(key, [.. Runs.Select(run => read(run).TryGetValue(key, out var value) ? value : null)]))
            .Where(row => !onlyDiffering || row.Differs),
    ];
}

/// <summary>One key over several runs.</summary>
public sealed record ComparedRow(string Key, IReadOnlyList<string?> Values)
{
    public bool Differs => Values.Distinct().Skip(1).Any();
}
