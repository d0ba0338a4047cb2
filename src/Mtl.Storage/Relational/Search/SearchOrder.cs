using System.Text;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>One key of an order.</summary>
/// <param name="Rank">Sorts before <paramref name="Value"/>: 0 for a value, 1 for NaN, 2 for none, whichever the direction; null where every record has a value.</param>
internal sealed record SearchKey(string? Rank, string Value, SearchType Type, bool IsDescending)
{
    /// <summary>The table that holds the value, as a LEFT JOIN; empty for a column of the record itself.</summary>
    public string Join { get; init; } = "";

    /// <summary>The records without a value.</summary>
    public SearchTables Missing { get; init; } = new("", "");
}

/// <summary>The keys of an order, the last of them creation and id, so that no two records are at the same place.</summary>
internal static class SearchOrder
{
    public static IReadOnlyList<SearchKey> Keys(SearchShape shape, IReadOnlyList<OrderTerm> terms, SearchArguments arguments) =>
    [
        .. terms.Select((term, i) => Key(shape, term, $"o{i}", arguments)),
        new SearchKey(null, "r.created_at", SearchType.Integer, IsDescending: true),
        new SearchKey(null, shape.Id, SearchType.Text, IsDescending: false),
    ];

    /// <summary>The keys as columns <c>k0, v0, k1, v1, …</c> of a select list.</summary>
    public static string Columns(IReadOnlyList<SearchKey> keys) => string.Join(", ", keys.Select((key, i) => $"{key.Rank ?? "0"} AS k{i}, {key.Value} AS v{i}"));

    /// <summary>ORDER BY those columns, from the key <paramref name="from"/> on.</summary>
    public static string By(IReadOnlyList<SearchKey> keys, int from = 0) => string.Join(", ", keys.Index().Skip(from).Select(indexed =>
        $"{(indexed.Item.Rank is null ? "" : $"k{indexed.Index}, ")}v{indexed.Index}{(indexed.Item.IsDescending ? " DESC" : "")}"));

    /// <summary>Whether those columns lie behind a place: the first key that differs decides.</summary>
    public static string Behind(IReadOnlyList<SearchKey> keys, SearchPlace place, SearchArguments arguments, int from = 0)
    {
        var sql = new StringBuilder();
        var open = 0;
        for (var i = from; i < keys.Count; i++)
        {
            var (rank, value) = place.Values[i];
            if (keys[i].Rank is not null)
            {
                sql.Append($"(k{i} > {rank} OR (k{i} = {rank} AND ");
                open += 2;
            }

            if (rank != 0)
                continue;
            var parameter = arguments.Add(value!);
            sql.Append($"(v{i} {(keys[i].IsDescending ? "<" : ">")} {parameter}");
            open++;
            if (i == keys.Count - 1)
                break;
            sql.Append($" OR (v{i} = {parameter} AND ");
            open++;
        }

        return sql.Append(')', open).ToString();
    }

    private static string MetricRank(string value) => $"CASE WHEN {value} IS NULL THEN 2 WHEN {value} > {SearchArguments.Infinity} THEN 1 ELSE 0 END";

    private static SearchKey Key(SearchShape shape, OrderTerm term, string alias, SearchArguments arguments)
    {
        if (term.Field == SearchField.Attribute)
        {
            var column = shape.Attributes[term.Key];
            return new SearchKey(column.IsNullable ? $"CASE WHEN {column.Order} IS NULL THEN 2 ELSE 0 END" : null, column.Order, column.Type, term.IsDescending);
        }

        if (term.Field == SearchField.Metric && shape.HasModelMetrics)
        {
            var last = $"""
                (SELECT {alias}.value FROM logged_model_metrics {alias} WHERE {alias}.model_no = r.no AND {alias}.key = {arguments.Add(term.Key)}{SearchConditions.On(term.Dataset, alias, arguments)}
                 ORDER BY {alias}.time DESC, {alias}.step DESC, {alias}.value DESC LIMIT 1)
                """;
            return new SearchKey(MetricRank(last), last, SearchType.Number, term.IsDescending);
        }

        var of = SearchConditions.Rows(shape, term.Field, term.Key, alias, arguments);
        var (table, value) = term.Field == SearchField.Metric
            ? (of.Tables, $"{alias}.last_value")
            : (of.Tables, $"substr({alias}.value, 1, {SearchConditions.IndexedCharacters})");
        return new SearchKey(
            term.Field == SearchField.Metric
                ? MetricRank(value)
                : $"CASE WHEN {value} IS NULL THEN 2 ELSE 0 END",
            value,
            term.Field == SearchField.Metric ? SearchType.Number : SearchType.Text,
            term.IsDescending)
        {
            Join = $"LEFT JOIN {table} ON {of.Where}",
            Missing = new SearchTables($"{shape.Table} r", $"NOT EXISTS (SELECT 1 FROM {table} WHERE {of.Where})"),
        };
    }
}
