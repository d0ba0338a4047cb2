using System.Data.Common;
using Dapper;
using Npgsql;

namespace Mtl.Storage.Relational;

/// <summary>Queries for many ids, cut so that no statement has more parameters than a database takes.</summary>
internal static class Batches
{
    private const string Ids = "IN @ids";
    private const int MostIds = 1000;

    /// <param name="sql">With <c>IN @ids</c>.</param>
    public static IEnumerable<TRow> Query<TRow>(DbConnection connection, string sql, IEnumerable<string> ids) => Query<TRow, string>(connection, sql, ids);

    /// <param name="sql">With <c>IN @ids</c>.</param>
    public static IEnumerable<TRow> Query<TRow>(DbConnection connection, string sql, IEnumerable<long> ids) => Query<TRow, long>(connection, sql, ids);

    /// <summary>The rows by the number in their first column.</summary>
    /// <param name="sql">With <c>IN @ids</c>.</param>
    public static Dictionary<long, TRow> ByNumber<TRow>(DbConnection connection, string sql, IEnumerable<long> ids)
    {
        var rows = new Dictionary<long, TRow>();
        foreach (var chunk in ids.Distinct().Chunk(MostIds))
        {
            using var reader = connection.ExecuteReader(Text(connection, sql), new { ids = chunk });
            var parse = reader.GetRowParser<TRow>(startIndex: 1);
            while (reader.Read())
                rows.Add(reader.GetInt64(0), parse(reader));
        }

        return rows;
    }

    private static IEnumerable<TRow> Query<TRow, TId>(DbConnection connection, string sql, IEnumerable<TId> ids)
    {
        var text = Text(connection, sql);
        return ids.Distinct().Chunk(MostIds).SelectMany(chunk => connection.Query<TRow>(text, new { ids = chunk }));
    }

    /// <summary>Dapper hands an array to PostgreSQL as one, and writes a parameter for each id where a database has no arrays.</summary>
    private static string Text(DbConnection connection, string sql) => connection is NpgsqlConnection ? sql.Replace(Ids, "= ANY (@ids)", StringComparison.Ordinal) : sql;
}
