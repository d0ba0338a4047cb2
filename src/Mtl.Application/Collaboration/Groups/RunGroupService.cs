using Mtl.Application.Collaboration.Tables;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Search;

namespace Mtl.Application.Collaboration.Groups;

/// <inheritdoc cref="IRunGroups"/>
internal sealed class RunGroupService(IRunTable table, IMetricReader metrics) : IRunGroups
{
    private const int MostRuns = 2000;

    /// <summary>Curves of more groups than these can't be told apart.</summary>
    private const int MostCurves = 12;

    private const int PointsOfRun = 1000;

    /// <summary>Ends of the names that parameters of chance go by.</summary>
    private static readonly string[] Seeds = ["seed", "random_state", "randomstate"];

    public async Task<Result<RunGroups>> GroupAsync(RunGroupQuery query, CancellationToken cancellation = default)
    {
        var rows = new List<RunTableRow>();
        string? token = null;
        do
        {
            var page = await table.PageAsync(query.Table with { Sort = null, PageSize = RunTableQuery.LargestPage, PageToken = token }, cancellation);
            if (!page.IsSuccess)
                return page.Error;
            rows.AddRange(page.Value.Rows);
            token = page.Value.NextToken;
        }
        while (token is not null && rows.Count < MostRuns);

        var differing = Differing(rows);
        IReadOnlyList<ColumnKey> by = query.By.Count > 0 ? query.By : [.. differing.Where(column => column.Field == SearchField.Parameter && !IsSeed(column.Key))];
        string[] keys = [.. rows.SelectMany(row => row.Metrics.Keys).Distinct().Order(StringComparer.Ordinal)];
        return new RunGroups(
            by,
            [.. differing.Except(by)],
            keys,
            [.. rows.GroupBy(row => new Values([.. by.Select(row.Text)])).Select(group => GroupOf(group.Key, [.. group], keys)).OrderByDescending(group => group.RunIds.Count)],
            rows.Count,
            IsPartial: token is not null);
    }

    public async Task<Result<IReadOnlyList<GroupCurve>>> CurvesAsync(RunGroupQuery query, string metric, int maximumPoints = 400, CancellationToken cancellation = default)
    {
        var grouped = await GroupAsync(query, cancellation);
        if (!grouped.IsSuccess)
            return grouped.Error;
        var curves = new List<GroupCurve>();
        foreach (var group in grouped.Value.Groups.Where(group => group.Metrics.ContainsKey(metric)).Take(MostCurves))
        {
            var histories = new List<IReadOnlyList<MetricPoint>>(group.RunIds.Count);
            foreach (var id in group.RunIds)
                histories.Add(await metrics.ThinnedAsync(id, metric, PointsOfRun, cancellation: cancellation));
            curves.Add(new GroupCurve(group.Label(grouped.Value.By), group.RunIds.Count, BandCurve.Of(histories, maximumPoints)));
        }

        return curves;
    }

    /// <summary>Parameters and tags that are not the same in all runs; the clients' own tags aside.</summary>
    private static ColumnKey[] Differing(IReadOnlyList<RunTableRow> rows) =>
    [
        .. rows.SelectMany(row => row.Parameters.Keys).Distinct().Order(StringComparer.Ordinal).Select(ColumnKey.Parameter)
            .Concat(rows.SelectMany(row => row.Tags.Keys).Distinct().Where(key => !key.StartsWith("mlflow.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(ColumnKey.Tag))
            .Where(column => rows.Select(row => row.Text(column)).Distinct().Skip(1).Any()),
    ];

    private static bool IsSeed(string key) => Seeds.Any(seed => key.EndsWith(seed, StringComparison.OrdinalIgnoreCase));

    private static RunGroup GroupOf(Values values, IReadOnlyList<RunTableRow> rows, IEnumerable<string> keys) => new(
        values.Texts,
        [.. rows.Select(row => row.Id)],
        keys.Where(key => rows.Any(row => row.Metrics.ContainsKey(key)))
            .ToDictionary(key => key, key => Spread.Of(rows.Where(row => row.Metrics.ContainsKey(key)).Select(row => row.Metrics[key]))));

    /// <summary>Values that are the same when all of them are.</summary>
    private sealed record Values(IReadOnlyList<string> Texts)
    {
        public bool Equals(Values? other) => other is not null && Texts.SequenceEqual(other.Texts);

        public override int GetHashCode() => Texts.Aggregate(17, HashCode.Combine);
    }
}
