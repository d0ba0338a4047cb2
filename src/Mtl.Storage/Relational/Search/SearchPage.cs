using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Mtl.Storage.Relational.Search;

/// <summary>One record found: its number and its place in the order.</summary>
internal sealed record SearchHit(long No, SearchPlace Place);

/// <summary>Reads hits in order.</summary>
internal static class SearchPage
{
    /// <summary>At most <paramref name="limit"/> hits.</summary>
    /// <param name="from">FROM and WHERE of the records that meet the conditions; the table searched is <c>r</c>.</param>
    /// <param name="columns">The keys as columns, see <see cref="SearchOrder.Columns"/>.</param>
    /// <param name="behind">Which of those come behind the page before; empty for all.</param>
    public static List<SearchHit> Read(DbConnection connection, IReadOnlyList<SearchKey> keys, string from, string columns, string behind, string order, int limit, SearchArguments arguments)
    {
        var where = behind.Length == 0 ? "" : $"WHERE {behind}";
        var sql = $"SELECT * FROM (SELECT r.no AS no, {columns} {from}) AS q {where} ORDER BY {order} LIMIT {limit.ToString(CultureInfo.InvariantCulture)}";
        using var reader = connection.ExecuteReader(sql, arguments.Values);
        var hits = new List<SearchHit>();
        while (reader.Read())
            hits.Add(new SearchHit(reader.GetInt64(0), Place(reader, keys)));
        return hits;
    }

    private static SearchPlace Place(System.Data.IDataReader reader, IReadOnlyList<SearchKey> keys)
    {
        var values = new (int, object?)[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            var rank = Convert.ToInt32(reader.GetValue(1 + (2 * i)), CultureInfo.InvariantCulture);
            var value = reader.GetValue(2 + (2 * i));
            values[i] = rank != 0 ? (rank, null) : (rank, keys[i].Type switch
            {
                SearchType.Text => (string)value,
                SearchType.Integer => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            });
        }

        return new SearchPlace(values);
    }
}
