using System.Data.Common;
using Dapper;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>
/// How runs are found among very many. A condition that few runs meet is looked up in its index, and what is found is sorted. Where all conditions are met by many, the order's own index is gone
/// along until the page is full: then it is soon. Otherwise all runs of the experiments are sorted.
/// </summary>
internal static class RunPlans
{
    /// <summary>A condition met by fewer runs than this is where a search begins.</summary>
    private const int Few = 20_000;

    /// <summary>FROM with the runs that meet the condition which the fewest meet; null when all are met by many.</summary>
    public static string? ByCondition(DbConnection connection, IReadOnlyList<Condition> conditions, SearchArguments arguments)
    {
        var best = (Runs: Few, From: (string?)null);
        foreach (var condition in conditions)
        {
            if (Found(condition, arguments) is not { } found)
                continue;
            var runs = connection.ExecuteScalar<int>($"SELECT count(*) FROM (SELECT 1 FROM {found} LIMIT {best.Runs}) AS n", arguments.Values);
            if (runs < best.Runs)
                best = (runs, found);
        }

        // CROSS JOIN keeps SQLite to this order of the tables.
        return best.From is { } from ? $"FROM (SELECT d.run_no AS found_no FROM {from}) AS f CROSS JOIN runs r WHERE r.no = f.found_no" : null;
    }

    /// <summary>The stretches of an index that go through the runs in the order's first key, one after the other; empty when no index does.</summary>
    public static IReadOnlyList<Walk> ByOrder(IReadOnlyList<OrderTerm> order, bool isOneExperiment, IReadOnlyList<SearchKey> keys, SearchArguments arguments) => order switch
    {
        [{ Field: SearchField.Metric } term, ..] => ByMetric(arguments.Add(term.Key), keys[0]),
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

    private static Walk[] ByMetric(string key, SearchKey first)
    {
        var series = $"FROM metric_series o CROSS JOIN runs r WHERE r.no = o.run_no AND o.key = {key}";
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

    private static string Equal(string value) =>
        $"substr(d.value, 1, {SearchConditions.IndexedCharacters}) = substr({value}, 1, {SearchConditions.IndexedCharacters}) AND d.value = {value}";
}

/// <summary>A stretch of an order: the runs of one rank of its first key.</summary>
/// <param name="From">FROM and the beginning of WHERE.</param>
/// <param name="Value">The first key's value there; <c>NULL</c> where they have none.</param>
internal sealed record Walk(int Rank, string From, string Value);
