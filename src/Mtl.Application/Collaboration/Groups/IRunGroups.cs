using Mtl.Application.Collaboration.Tables;
using Mtl.Core;

namespace Mtl.Application.Collaboration.Groups;

/// <summary>Runs that differ in nothing but chance, taken together: a group's metrics are means with their spread, its curves have a band.</summary>
public interface IRunGroups
{
    /// <summary>Groups the runs of a table by columns.</summary>
    Task<Result<RunGroups>> GroupAsync(RunGroupQuery query, CancellationToken cancellation = default);

    /// <summary>One metric's mean and spread over steps, for each group that has it, in the order of <see cref="RunGroups.Groups"/>.</summary>
    Task<Result<IReadOnlyList<GroupCurve>>> CurvesAsync(RunGroupQuery query, string metric, int maximumPoints = 400, CancellationToken cancellation = default);
}

/// <summary>Which runs, and what makes them the same.</summary>
/// <param name="Table">Filter and experiment; order and page are not looked at.</param>
/// <param name="By">Parameters, tags or attributes that the runs of a group share; none means every parameter that differs between the runs, except seeds.</param>
public sealed record RunGroupQuery(RunTableQuery Table, IReadOnlyList<ColumnKey> By);

/// <summary>Runs in groups.</summary>
/// <param name="By">What they are grouped by.</param>
/// <param name="Choices">What else they could be grouped by.</param>
/// <param name="Metrics">The keys that some run has.</param>
/// <param name="IsPartial">There are more runs than are taken; the newest are.</param>
public sealed record RunGroups(
    IReadOnlyList<ColumnKey> By, IReadOnlyList<ColumnKey> Choices, IReadOnlyList<string> Metrics, IReadOnlyList<RunGroup> Groups, int Runs, bool IsPartial);

/// <summary>One group.</summary>
/// <param name="Values">What its runs share, in the order of <see cref="RunGroups.By"/>; empty where they have no such key.</param>
/// <param name="Metrics">Of the runs' last values.</param>
public sealed record RunGroup(IReadOnlyList<string> Values, IReadOnlyList<string> RunIds, IReadOnlyDictionary<string, Spread> Metrics)
{
    /// <summary>The values that there are as one text.</summary>
    public string Label(IReadOnlyList<ColumnKey> by)
    {
        string[] parts = [.. by.Zip(Values).Where(part => part.Second.Length > 0).Select(part => $"{part.First.Key} = {part.Second}")];
        return parts.Length > 0 ? string.Join(", ", parts) : by.Count == 0 ? "all runs" : $"without {string.Join(", ", by.Select(column => column.Key))}";
    }
}

/// <summary>A group's curve.</summary>
public sealed record GroupCurve(string Label, int Runs, IReadOnlyList<BandPoint> Points);
