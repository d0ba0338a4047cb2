using System.Data.Common;
using System.Globalization;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>
/// How runs are found among very many. A condition that few runs meet is looked up in its index, and what is found is sorted. Where each condition is met by many, the first runs of an index in the
/// order may fill the page; if not, the runs of all the conditions' indexes are intersected by number, and the index in the order is gone along. Otherwise all runs of the experiments are sorted.
/// </summary>
internal static class RunPlans
{
    /// <summary>The runs that meet the filter which the fewest meet, and that filter (null: that they are of the experiments); null when none is met by fewer than <paramref name="few"/>.</summary>
    public static (RunSet Runs, SearchFilter? By)? Few(
        DbConnection connection, IEnumerable<SearchFilter> indexed, IReadOnlyCollection<string> experimentIds, SearchArguments arguments, int few)
    {
        (RunSet Runs, SearchFilter? By)? fewest = null;
        foreach (var (rows, by) in indexed.Select(filter => (filter.Rows!, (SearchFilter?)filter)).Append((Of(experimentIds, arguments), null)))
        {
            var most = fewest?.Runs.Count ?? few;
            var runs = RunSet.Read(connection, $"SELECT d.run_no FROM {rows} LIMIT {most.ToString(CultureInfo.InvariantCulture)}", arguments);
            if (runs.Count < most)
                fewest = (runs, by);
        }

        return fewest;
    }

    /// <summary>The runs that meet all of the filters.</summary>
    public static RunSet Meeting(DbConnection connection, IReadOnlyList<SearchFilter> indexed, SearchArguments arguments)
    {
        var met = RunSet.Read(connection, $"SELECT d.run_no FROM {indexed[0].Rows}", arguments);
        foreach (var filter in indexed.Skip(1))
            met.Intersect(RunSet.Read(connection, $"SELECT d.run_no FROM {filter.Rows}", arguments));
        return met;
    }

    /// <summary>The stretches of an index that go through the runs in the order's first key, one after the other; empty when no index does.</summary>
    public static IReadOnlyList<Walk> ByOrder(IReadOnlyList<OrderTerm> order, bool isOneExperiment, IReadOnlyList<SearchKey> keys, SearchArguments arguments) => order switch
    {
        [{ Field: SearchField.Metric } term, ..] => ByMetric(arguments.Add(term.Key), keys[0]),
        [{ Field: SearchField.Parameter } term, ..] =>
        [
            new Walk(0, new SearchTables("run_parameters o CROSS JOIN runs r", $"r.no = o.run_no AND o.key = {arguments.Add(term.Key)}"), $"substr(o.value, 1, {SearchConditions.IndexedCharacters})"),
            new Walk(2, keys[0].Missing, "NULL"),
        ],
        [{ Field: SearchField.Attribute, Key: "start_time" }, ..] when isOneExperiment =>
        [
            new Walk(0, new SearchTables("runs r", "r.started_at IS NOT NULL"), "r.started_at"),
            new Walk(2, new SearchTables("runs r", "r.started_at IS NULL"), "NULL"),
        ],
        [] or [{ Field: SearchField.Attribute, Key: "created" }, ..] when isOneExperiment => [new Walk(0, new SearchTables("runs r", "1 = 1"), "r.created_at")],
        _ => [],
    };

    private static Walk[] ByMetric(string key, SearchKey first)
    {
        const string Tables = "metric_series o CROSS JOIN runs r";
        var series = $"r.no = o.run_no AND o.key = {key}";
        return
        [
            new Walk(0, new SearchTables(Tables, $"{series} AND o.last_value <= {SearchArguments.Infinity}"), "o.last_value"),
            new Walk(1, new SearchTables(Tables, $"{series} AND o.last_value > {SearchArguments.Infinity}"), "NULL"),
            new Walk(2, first.Missing, "NULL"),
        ];
    }

    /// <summary>See <see cref="SearchFilter.Rows"/>.</summary>
    public static string? Rows(Condition condition, SearchArguments arguments) => (condition.Field, condition.Comparison, condition.Value) switch
    {
        (SearchField.Metric, Comparison.Equal or Comparison.Greater or Comparison.GreaterOrEqual or Comparison.Less or Comparison.LessOrEqual, _) =>
            $"metric_series d WHERE d.key = {arguments.Add(condition.Key)} AND d.last_value <= {SearchArguments.Infinity} AND {SearchConditions.Compare("d.last_value", condition, arguments)}",
        (SearchField.Parameter, Comparison.Equal, ConditionValue.Text text) =>
            $"run_parameters d WHERE d.key = {arguments.Add(condition.Key)} AND {Equal(arguments.Add(text.Value))}",
        (SearchField.Tag, Comparison.Equal, ConditionValue.Text text) =>
            $"(SELECT x.no AS run_no FROM tags d CROSS JOIN runs x WHERE x.id = d.owner_id AND d.kind = 'Run' AND d.key = {arguments.Add(condition.Key)} AND {Equal(arguments.Add(text.Value))}) AS d",
        (SearchField.Attribute, Comparison.Equal, ConditionValue.Text text) when condition.Key == "run_id" => $"(SELECT no AS run_no FROM runs WHERE id = {arguments.Add(text.Value)}) AS d",
        (SearchField.Attribute, Comparison.In, ConditionValue.Texts texts) when condition.Key == "run_id" => $"(SELECT no AS run_no FROM runs WHERE id IN {arguments.AddAll(texts.Values)}) AS d",
        (SearchField.Attribute, Comparison.Equal, ConditionValue.Text text) when condition.Key == "artifact_uri" && text.Value.Split('/') is [.., var id, "artifacts"] =>
            $"(SELECT r.no AS run_no FROM runs r WHERE r.id = {arguments.Add(id)} AND {SearchShape.Runs.Attributes[condition.Key].Value} = {arguments.Add(text.Value)}) AS d",
        _ => null,
    };

    private static string Of(IReadOnlyCollection<string> experimentIds, SearchArguments arguments) => $"(SELECT no AS run_no FROM runs WHERE experiment_id IN {arguments.AddAll(experimentIds)}) AS d";

    /// <summary>The whole value is compared by a negation: an equality SQLite puts in for the column everywhere, and then knows the index's expression no more.</summary>
    private static string Equal(string value) =>
        $"substr(d.value, 1, {SearchConditions.IndexedCharacters}) = substr({value}, 1, {SearchConditions.IndexedCharacters}) AND NOT (d.value <> {value})";
}

/// <summary>A condition of a search.</summary>
/// <param name="Sql">As SQL over <c>r</c>.</param>
/// <param name="Rows">FROM and WHERE of an index whose rows, as <c>d</c> with <c>run_no</c>, are just the runs that meet it; null when no index serves it.</param>
internal sealed record SearchFilter(string Sql, string? Rows);

/// <summary>A stretch of an order: the runs of one rank of its first key.</summary>
/// <param name="Value">The first key's value there; <c>NULL</c> where they have none.</param>
internal sealed record Walk(int Rank, SearchTables From, string Value);

/// <summary>What stands behind FROM, with the table searched as <c>r</c>, and what joins it.</summary>
internal sealed record SearchTables(string Tables, string Where);

/// <summary>When a search changes its way.</summary>
/// <param name="Few">A condition met by fewer runs than this is where a search begins.</param>
/// <param name="FewSorted">So many runs that meet all conditions with an index are sorted at once, rather than gone along in an index.</param>
/// <param name="FirstChunk">So many numbers are read at first from an index in the order.</param>
/// <param name="FirstLook">So many runs are looked at before whole conditions are read; a few less than the first chunk holds, where runs of the last one's value may follow.</param>
internal sealed record SearchLimits(int Few = 4_000, int FewSorted = 4_000, int FirstChunk = 1_200, int FirstLook = 1_000);
