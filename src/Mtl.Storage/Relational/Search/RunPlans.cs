using System.Data.Common;
using Dapper;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>
/// How runs are found among very many: by looking a condition up in its index and sorting what is found, or by going along the order's own index until the page is full, whichever is likely to
/// look at fewer runs. Where neither has an index, all runs of the experiments are sorted.
/// </summary>
internal static class RunPlans
{
    /// <summary>Runs that meet a condition are counted up to this number.</summary>
    private const int Many = 20_000;

    /// <summary>The part of the runs that is taken to meet a condition which was not counted to the end.</summary>
    private const double UncountedPart = 0.5;

    /// <summary>
    /// FROM with the runs that meet the condition which the fewest meet (that they are of the experiments is one), to be sorted; null when it is better to go along the order (or, where that has
    /// no index, to sort all).
    /// </summary>
    /// <param name="limit">Records of the page.</param>
    /// <param name="canWalk">Whether the order has an index.</param>
    public static string? ByCondition(
        DbConnection connection, SearchQuery query, IReadOnlyCollection<string> experimentIds, int limit, bool canWalk, SearchArguments arguments)
    {
        var (fewest, from) = (Many, (string?)null);
        var runs = connection.ExecuteScalar<long?>("SELECT max(no) FROM runs") ?? 0;
        var part = 1.0;
        var conditions = query.Conditions.Select(condition => (Found: Found(condition, arguments), IsBound: Bounds(condition, query.Order)))
            .Prepend(($"(SELECT no AS run_no FROM runs WHERE experiment_id IN {arguments.AddAll(experimentIds)}) AS d", false));
        foreach (var (found, isBound) in conditions)
        {
            if (found is null)
            {
                part *= UncountedPart;
                continue;
            }

            var met = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 FROM {found} LIMIT {Many}) AS n", arguments.Values);
            if (!isBound)
                part *= met == Many ? UncountedPart : Math.Min(1, met / (double)runs);
            if (met < fewest)
                (fewest, from) = (met, found);
        }

        // Were the conditions independent of each other and of the order, a page would be full after so many runs.
        if (from is null || (canWalk && limit / part < fewest))
            return null;

        // CROSS JOIN keeps SQLite to this order of the tables.
        return $"FROM (SELECT d.run_no AS found_no FROM {from}) AS f CROSS JOIN runs r WHERE r.no = f.found_no";
    }

    /// <summary>The stretches of an index that go through the runs in the order's first key, one after the other; empty when no index does.</summary>
    public static IReadOnlyList<Walk> ByOrder(SearchQuery query, bool isOneExperiment, IReadOnlyList<SearchKey> keys, SearchArguments arguments) => query.Order switch
    {
        [{ Field: SearchField.Metric } term, ..] => ByMetric(arguments.Add(term.Key), keys[0], [.. query.Conditions.Where(condition => Bounds(condition, query.Order))], arguments),
        [{ Field: SearchField.Parameter } term, ..] =>
        [
            new Walk(0, $"FROM run_parameters o CROSS JOIN runs r WHERE r.no = o.run_no AND o.key = {arguments.Add(term.Key)}", $"substr(o.value, 1, {SearchConditions.IndexedCharacters})"),
            new Walk(2, $"FROM runs r WHERE {keys[0].Value} IS NULL", "NULL"),
        ],
        [{ Field: SearchField.Attribute, Key: "start_time" }, ..] when isOneExperiment =>
        [
            new Walk(0, "FROM runs r WHERE r.started_at IS NOT NULL", "r.started_at"),
            new Walk(2, "FROM runs r WHERE r.started_at IS NULL", "NULL"),
        ],
        [] or [{ Field: SearchField.Attribute, Key: "created" }, ..] when isOneExperiment => [new Walk(0, "FROM runs r WHERE 1 = 1", "r.created_at")],
        _ => [],
    };

    /// <summary>Whether the condition says from where to where the order's own index has to be read.</summary>
    private static bool Bounds(Condition condition, IReadOnlyList<OrderTerm> order) =>
        condition is { Field: SearchField.Metric, Comparison: Comparison.Equal or Comparison.Greater or Comparison.GreaterOrEqual or Comparison.Less or Comparison.LessOrEqual }
        && order is [{ Field: SearchField.Metric } term, ..] && term.Key == condition.Key;

    private static Walk[] ByMetric(string key, SearchKey first, IReadOnlyList<Condition> bounds, SearchArguments arguments)
    {
        var series = $"FROM metric_series o CROSS JOIN runs r WHERE r.no = o.run_no AND o.key = {key}";

        // A run without a value, or with NaN, meets no condition of the order's own metric.
        if (bounds.Count > 0)
            return [new Walk(0, $"{series} AND o.last_value <= {SearchArguments.Infinity} AND {string.Join(" AND ", bounds.Select(bound => SearchConditions.Compare("o.last_value", bound, arguments)))}", "o.last_value")];
        return
        [
            new Walk(0, $"{series} AND o.last_value <= {SearchArguments.Infinity}", "o.last_value"),
            new Walk(1, $"{series} AND o.last_value > {SearchArguments.Infinity}", "NULL"),
            new Walk(2, $"FROM runs r WHERE ({first.Rank}) = 2", "NULL"),
        ];
    }

    /// <summary>The rows of an index that meet a condition, as <c>d</c> with <c>run_no</c>; null when no index serves it.</summary>
    private static string? Found(Condition condition, SearchArguments arguments) => (condition.Field, condition.Comparison, condition.Value) switch
    {
        (SearchField.Metric, Comparison.Equal or Comparison.Greater or Comparison.GreaterOrEqual or Comparison.Less or Comparison.LessOrEqual, _) =>
            $"metric_series d WHERE d.key = {arguments.Add(condition.Key)} AND d.last_value <= {SearchArguments.Infinity} AND {SearchConditions.Compare("d.last_value", condition, arguments)}",
        (SearchField.Parameter, Comparison.Equal, ConditionValue.Text text) =>
            $"run_parameters d WHERE d.key = {arguments.Add(condition.Key)} AND {Equal(arguments.Add(text.Value))}",
        (SearchField.Tag, Comparison.Equal, ConditionValue.Text text) =>
            $"(SELECT x.no AS run_no FROM tags d CROSS JOIN runs x WHERE x.id = d.owner_id AND d.kind = 'Run' AND d.key = {arguments.Add(condition.Key)} AND {Equal(arguments.Add(text.Value))}) AS d",
        (SearchField.Attribute, Comparison.Equal, ConditionValue.Text text) when condition.Key == "run_id" => $"(SELECT no AS run_no FROM runs WHERE id = {arguments.Add(text.Value)}) AS d",
        (SearchField.Attribute, Comparison.In, ConditionValue.Texts texts) when condition.Key == "run_id" => $"(SELECT no AS run_no FROM runs WHERE id IN {arguments.AddAll(texts.Values)}) AS d",
        _ => null,
    };

    /// <summary>The whole value is compared by a negation: an equality SQLite puts in for the column everywhere, and then knows the index's expression no more.</summary>
    private static string Equal(string value) =>
        $"substr(d.value, 1, {SearchConditions.IndexedCharacters}) = substr({value}, 1, {SearchConditions.IndexedCharacters}) AND NOT (d.value <> {value})";
}

/// <summary>A stretch of an order: the runs of one rank of its first key.</summary>
/// <param name="From">FROM and the beginning of WHERE.</param>
/// <param name="Value">The first key's value there; <c>NULL</c> where they have none.</param>
internal sealed record Walk(int Rank, string From, string Value);
