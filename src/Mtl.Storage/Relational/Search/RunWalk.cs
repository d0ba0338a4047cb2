using System.Data.Common;
using System.Globalization;
using Dapper;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>An index in the order of a search's first key, read along its numbers alone: far quicker than to look at each run.</summary>
/// <param name="Tables">FROM and WHERE.</param>
/// <param name="Keys">The index's columns, in its order; the first is the key's value, the last the run's number.</param>
internal sealed record RunWalk(string Tables, IReadOnlyList<string> Keys, SearchType Type, bool IsDescending)
{
    private const int LargestChunk = 64_000;

    /// <summary>The index for the order, as far as conditions on the same key leave it; null when none serves it.</summary>
    public static RunWalk? Of(SearchQuery query, string experiment, SearchArguments arguments)
    {
        switch (query.Order)
        {
            case [{ Field: SearchField.Metric } term, ..]:
                var within = query.Conditions
                    .Where(condition => condition is { Field: SearchField.Metric, Value: ConditionValue.Number } && condition.Key == term.Key)
                    .Select(condition => $" AND {SearchConditions.Compare("o.last_value", condition, arguments)}");
                return new RunWalk(
                    $"FROM metric_series o WHERE o.key = {arguments.Add(term.Key)} AND o.last_value <= {SearchArguments.Infinity}{string.Concat(within)}",
                    ["o.last_value", "o.run_no"],
                    SearchType.Number,
                    term.IsDescending);
            case [{ Field: SearchField.Attribute, Key: "start_time" } term, ..] when experiment.Length > 0:
                return new RunWalk(
                    $"FROM runs r WHERE r.experiment_id = {experiment} AND r.started_at IS NOT NULL", ["r.started_at", "r.created_at", "r.no"], SearchType.Integer, term.IsDescending);
            case [] when experiment.Length > 0:
                return new RunWalk($"FROM runs r WHERE r.experiment_id = {experiment}", ["r.created_at", "r.no"], SearchType.Integer, IsDescending: true);
            default:
                return null;
        }
    }

    /// <summary>Numbers, and bits that are the same for the same value, from <paramref name="from"/> on (that value included), in chunks that grow, so that a search that is soon content reads little.</summary>
    public IEnumerable<(long No, long Bits)> Read(DbConnection connection, object? from, SearchArguments arguments, SearchLimits limits)
    {
        var (direction, behind) = IsDescending ? (" DESC", "<") : ("", ">");
        var order = string.Join(", ", Keys.Select(key => key + direction));
        var bound = from is null ? "" : $"AND {Keys[0]} {behind}= {arguments.Add(from)}";
        for (var size = limits.FirstChunk; ; size = Math.Min(size * 4, LargestChunk))
        {
            var (rows, last) = ReadChunk(
                connection, $"SELECT {string.Join(", ", Keys)} {Tables} {bound} ORDER BY {order} LIMIT {size.ToString(CultureInfo.InvariantCulture)}", arguments);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < size)
                yield break;
            bound = $"AND ({string.Join(", ", Keys)}) {behind} ({string.Join(", ", last.Select(arguments.Add))})";
        }
    }

    private (List<(long No, long Bits)> Rows, object[] Last) ReadChunk(DbConnection connection, string sql, SearchArguments arguments)
    {
        var rows = new List<(long, long)>();
        var last = new object[Keys.Count];
        using var reader = connection.ExecuteReader(sql, arguments.Values);
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(Keys.Count - 1), Type == SearchType.Number ? BitConverter.DoubleToInt64Bits(reader.GetDouble(0)) : reader.GetInt64(0)));
            reader.GetValues(last);
        }

        return (rows, last);
    }
}
