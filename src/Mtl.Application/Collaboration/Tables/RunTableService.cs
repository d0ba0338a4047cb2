using System.Text;
using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Application.Collaboration.Tables;

/// <inheritdoc cref="IRunTable"/>
internal sealed class RunTableService(ISearch search, IExperimentStore experiments, IRunStore runs, IRunDataStore data, IMetricStore metrics, IAccess access) : IRunTable
{
    private static readonly ColumnKey[] Leading = [ColumnKey.Attribute("run_id"), ColumnKey.Attribute("run_name")];

    public async Task<Result<RunTablePage>> PageAsync(RunTableQuery query, CancellationToken cancellation = default)
    {
        if (query.PageSize is < 1 or > RunTableQuery.LargestPage)
            return Error.Invalid($"A page of {query.PageSize} runs is not possible; 1 to {RunTableQuery.LargestPage} are.", field: "pageSize");
        if (await access.RefuseAsync(Permission.Read, Resource.Experiment(query.ExperimentId), cancellation) is { } refusal)
            return refusal;
        if ((await experiments.GetAsync(query.ExperimentId, cancellation)).Error is { } missing)
            return missing;
        var conditions = SearchParser.Filter(query.Filter, SearchSubject.Runs);
        if (!conditions.IsSuccess)
            return conditions.Error with { Field = "filter" };
        var order = OrderOf(query);
        if (!order.IsSuccess)
            return order.Error;
        var page = await search.RunsAsync(
            [query.ExperimentId],
            new SearchQuery(conditions.Value, order.Value, query.PageSize, query.PageToken),
            query.IsArchived ? RecordView.Deleted : RecordView.Active,
            cancellation);
        return page.IsSuccess ? new RunTablePage(await RowsAsync(page.Value.Items, cancellation), page.Value.NextToken) : page.Error;
    }

    public async Task<IReadOnlyList<RunTableRow>> OfAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default)
    {
        var found = new List<Run>(runIds.Count);
        foreach (var id in runIds.Distinct())
        {
            if (await access.RefuseAsync(Permission.Read, Resource.Run(id), cancellation) is null && await runs.GetAsync(id, cancellation) is { IsSuccess: true } run)
                found.Add(run.Value);
        }

        return await RowsAsync(found, cancellation);
    }

    public async Task<Result<Func<Stream, CancellationToken, Task>>> CsvAsync(RunTableQuery query, IReadOnlyList<ColumnKey> columns, CancellationToken cancellation = default)
    {
        var whole = query with { PageSize = RunTableQuery.LargestPage, PageToken = null };
        var first = await PageAsync(whole, cancellation);
        if (!first.IsSuccess)
            return first.Error;
        var shown = columns.Count > 0 ? [.. Leading, .. columns.Except(Leading)] : await AllColumnsAsync(whole, first.Value, cancellation);
        return Result.Of<Func<Stream, CancellationToken, Task>>((target, token) => WriteAsync(whole, first.Value, shown, target, token));
    }

    private async Task WriteAsync(RunTableQuery query, RunTablePage first, IReadOnlyList<ColumnKey> columns, Stream target, CancellationToken cancellation)
    {
        await target.WriteAsync(Encoding.UTF8.GetBytes(CsvText.Line(columns.Select(column => $"{column}"))), cancellation);
        await foreach (var page in PagesAsync(query, first, cancellation))
        {
            var lines = new StringBuilder();
            foreach (var row in page.Rows)
                lines.Append(CsvText.Line(columns.Select(row.Text)));
            await target.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), cancellation);
        }
    }

    private async IAsyncEnumerable<RunTablePage> PagesAsync(RunTableQuery query, RunTablePage first, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return first;
        for (var token = first.NextToken; token is not null;)
        {
            var page = await PageAsync(query with { PageToken = token }, cancellation);
            yield return page.Value;
            token = page.Value.NextToken;
        }
    }

    private async Task<ColumnKey[]> AllColumnsAsync(RunTableQuery query, RunTablePage first, CancellationToken cancellation)
    {
        var (parameters, values, tags) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        await foreach (var row in PagesAsync(query, first, cancellation).SelectMany(page => page.Rows))
        {
            parameters.UnionWith(row.Parameters.Keys);
            values.UnionWith(row.Metrics.Keys);
            tags.UnionWith(row.Tags.Keys);
        }

        return
        [
            .. Leading,
            .. RunTableRow.AttributeNames.Select(ColumnKey.Attribute).Except(Leading),
            .. parameters.Select(ColumnKey.Parameter),
            .. values.Select(ColumnKey.Metric),
            .. tags.Select(ColumnKey.Tag),
        ];
    }

    /// <summary>An attribute goes through the parser, which knows the names there are; other keys may be any text.</summary>
    private static Result<IReadOnlyList<OrderTerm>> OrderOf(RunTableQuery query) => query.Sort switch
    {
        null => Result.Of<IReadOnlyList<OrderTerm>>([]),
        { Field: SearchField.Attribute } attribute => SearchParser.Order([$"attributes.`{attribute.Key.Replace("`", "``", StringComparison.Ordinal)}` {(query.IsDescending ? "DESC" : "ASC")}"], SearchSubject.Runs),
        { } column => Result.Of<IReadOnlyList<OrderTerm>>([new OrderTerm(column.Field, column.Key, query.IsDescending)]),
    };

    private async Task<IReadOnlyList<RunTableRow>> RowsAsync(IReadOnlyList<Run> found, CancellationToken cancellation)
    {
        string[] ids = [.. found.Select(run => run.Id)];
        var carried = await data.OfAsync(ids, cancellation);
        var latest = await metrics.LatestAsync(ids, cancellation);
        return
        [
            .. found.Select(run => new RunTableRow(
                run.Id, run.Name, run.Kind, run.Status, run.Owner, run.CreatedAt, run.StartedAt, run.EndedAt, run.DeletedAt,
                carried[run.Id].Parameters,
                latest[run.Id],
                carried[run.Id].Tags)),
        ];
    }
}
