using System.Data.Common;
using Mtl.Core;
using Mtl.Storage.Relational.Search;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational;

internal sealed class SearchStore(IDatabase database, SearchLimits limits) : ISearch
{
    public Task<Result<Page<Experiment>>> ExperimentsAsync(SearchQuery query, RecordView view, CancellationToken cancellation = default) => SearchAsync(
        SearchShape.Experiments,
        query,
        view,
        [],
        _ => View(view, "NOT r.is_deleted", "r.is_deleted"),
        (connection, numbers) => Fetch<ExperimentStore.Row, Experiment>(connection, $"SELECT no, {ExperimentStore.Columns} FROM experiments", numbers, row => row.ToExperiment()),
        cancellation);

    public Task<Result<Page<Run>>> RunsAsync(IReadOnlyCollection<string> experimentIds, SearchQuery query, RecordView view, CancellationToken cancellation = default) => SearchAsync(
        SearchShape.Runs,
        query,
        view,
        experimentIds,
        arguments => $"{Of(experimentIds, arguments)} AND {View(view, "r.deleted_at IS NULL", "r.deleted_at IS NOT NULL")}",
        (connection, numbers) => Fetch<RunRow, Run>(connection, $"SELECT no, {RunStore.Columns} FROM runs", numbers, row => row.ToRun()),
        cancellation);

    public Task<Result<Page<RegisteredModel>>> ModelsAsync(SearchQuery query, CancellationToken cancellation = default) => SearchAsync(
        SearchShape.RegisteredModels,
        query,
        RecordView.All,
        [],
        _ => "1 = 1",
        (connection, numbers) => Fetch<RegisteredModelRow, RegisteredModel>(connection, $"SELECT no, {RegisteredModelRow.Columns} FROM registered_models", numbers, row => row.ToModel()),
        cancellation);

    public Task<Result<Page<ModelVersion>>> VersionsAsync(SearchQuery query, CancellationToken cancellation = default) => SearchAsync(
        SearchShape.ModelVersions,
        query,
        RecordView.All,
        [],
        _ => "1 = 1",
        (connection, numbers) => Fetch<ModelVersionRow, ModelVersion>(connection, $"SELECT no, {ModelVersionRow.Columns} FROM model_versions", numbers, row => row.ToModelVersion()),
        cancellation);

    public Task<Result<Page<LoggedModel>>> LoggedModelsAsync(IReadOnlyCollection<string> experimentIds, SearchQuery query, CancellationToken cancellation = default) => SearchAsync(
        SearchShape.LoggedModels,
        query,
        RecordView.All,
        experimentIds,
        arguments => $"{Of(experimentIds, arguments)}{SearchConditions.WithDatasets(query, arguments)}",
        (connection, numbers) => LoggedModelStore.Whole(
            connection, [.. Fetch<LoggedModelRow, LoggedModelRow>(connection, $"SELECT no, {LoggedModelRow.Columns} FROM logged_models", numbers, row => row)]),
        cancellation);

    private Task<Result<Page<T>>> SearchAsync<T>(
        SearchShape shape,
        SearchQuery query,
        RecordView view,
        IReadOnlyCollection<string> scope,
        Func<SearchArguments, string> within,
        Func<DbConnection, IReadOnlyList<long>, IReadOnlyList<T>> fetch,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        return database.ReadAsync<Result<Page<T>>>(
            connection =>
            {
                var arguments = new SearchArguments();
                var keys = SearchOrder.Keys(shape, query.Order, arguments);
                var mark = SearchPlace.Mark(shape.Table, scope, query, view);
                var place = SearchPlace.Read(query.PageToken, mark, keys);
                if (!place.IsSuccess)
                    return place.Error;
                var filters = new List<SearchFilter>();
                foreach (var condition in query.Conditions)
                {
                    var sql = SearchConditions.Of(shape, condition, query.Datasets, arguments);
                    if (!sql.IsSuccess)
                        return sql.Error;
                    filters.Add(new SearchFilter(sql.Value, shape.HasMetrics ? RunPlans.Rows(condition, arguments) : null));
                }

                // One more than asked for tells whether there is a further page.
                var experiment = scope.Count == 1 ? arguments.Add(scope.First()) : "";
                var found = new RecordSearch(connection, database.Dialect, shape, keys, arguments, within(arguments), filters, experiment, query.PageSize + 1, limits)
                    .Find(query, place.Value, scope);
                var hits = found.Count > query.PageSize ? found[..query.PageSize] : found;
                return new Page<T>(fetch(connection, [.. hits.Select(hit => hit.No)]), found.Count > hits.Count ? hits[^1].Place.Write(mark) : null);
            },
            cancellation);
    }

    private static string Of(IReadOnlyCollection<string> experimentIds, SearchArguments arguments) => experimentIds.Count == 1
        ? $"r.experiment_id = {arguments.Add(experimentIds.First())}"
        : $"r.experiment_id IN {arguments.AddAll(experimentIds)}";

    private static string View(RecordView view, string active, string deleted) => view switch
    {
        RecordView.Active => active,
        RecordView.Deleted => deleted,
        _ => "1 = 1",
    };

    /// <summary>The records of the numbers, in their order.</summary>
    private static List<T> Fetch<TRow, T>(DbConnection connection, string select, IReadOnlyList<long> numbers, Func<TRow, T> read)
    {
        var rows = Batches.ByNumber<TRow>(connection, $"{select} WHERE no IN @ids", numbers);
        return [.. numbers.Select(no => read(rows[no]))];
    }
}
