using System.Data.Common;
using Dapper;
using Mtl.Storage.Relational;
using Mtl.Storage.Relational.Search;
using Mtl.Tracking.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Mtl.Storage.Postgres;

/// <summary>Many rows go in as arrays in one statement, and as a COPY where there are very many.</summary>
internal sealed class PostgresDialect : Dialect
{
    /// <summary>From here on COPY is faster than arrays.</summary>
    private const int RowsToCopy = 1000;

    public override void InsertPoints(DbConnection connection, PointTable table, IReadOnlyList<(long Series, MetricPoint Point)> points)
    {
        if (points.Count == 0)
            return;
        if (points.Count >= RowsToCopy && table == PointTable.Points)
        {
            Copy((NpgsqlConnection)connection, points);
            return;
        }

        using var insert = Command(connection, $"INSERT INTO {table.Name} ({table.Columns}) SELECT {table.Columns} FROM unnest($1, $2, $3, $4) AS p (series_id, step, time, value) {(table.Level is { } level ? $"CROSS JOIN (VALUES ({level})) AS l (level)" : "")}");
        Add(insert, points.Select(row => row.Series));
        Add(insert, points.Select(row => row.Point.Step));
        Add(insert, points.Select(row => row.Point.Time.UtcTicks));
        Add(insert, points.Select(row => row.Point.Value));
        insert.ExecuteNonQuery();
    }

    public override IReadOnlyList<SeriesRow> LockSeries(DbConnection connection, long runNo, IReadOnlyCollection<string> keys)
    {
        var stored = Lock(connection, runNo, keys);
        if (stored.Count == keys.Count)
            return stored;

        // Another transaction may be adding the same ones: this waits for its end, and then takes what it left.
        using (var insert = Command(
            connection,
            """
            INSERT INTO metric_series (run_no, key, points, last_step, last_time, last_value, open_chunks)
            SELECT $1, key, 0, 0, 0, 0, '' FROM unnest($2) AS key ORDER BY key
            ON CONFLICT (run_no, key) DO NOTHING
            """))
        {
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = runNo });
            insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Except(stored.Select(row => row.Key))] });
            insert.ExecuteNonQuery();
        }

        return Lock(connection, runNo, keys);
    }

    public override void UpdateSeries(DbConnection connection, IReadOnlyList<SeriesRow> series)
    {
        using var update = Command(
            connection,
            """
            UPDATE metric_series s
            SET points = n.points, last_step = n.last_step, last_time = n.last_time, last_value = n.last_value,
                least_step = n.least_step, least_time = n.least_time, least_value = n.least_value,
                greatest_step = n.greatest_step, greatest_time = n.greatest_time, greatest_value = n.greatest_value, open_chunks = n.open_chunks
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS
              n (id, points, last_step, last_time, last_value, least_step, least_time, least_value, greatest_step, greatest_time, greatest_value, open_chunks)
            WHERE s.id = n.id
            """);
        Add(update, series.Select(row => row.Id));
        Add(update, series.Select(row => row.Points));
        Add(update, series.Select(row => row.LastStep));
        Add(update, series.Select(row => row.LastTime));
        Add(update, series.Select(row => row.LastValue.Value));
        Add(update, series.Select(row => row.LeastStep));
        Add(update, series.Select(row => row.LeastTime));
        Add(update, series.Select(row => row.LeastValue?.Value));
        Add(update, series.Select(row => row.GreatestStep));
        Add(update, series.Select(row => row.GreatestTime));
        Add(update, series.Select(row => row.GreatestValue?.Value));
        Add(update, series.Select(row => row.OpenChunks));
        update.ExecuteNonQuery();
    }

    public override IEnumerable<MetricPoint> Known(DbConnection connection, long series, IReadOnlyList<MetricPoint> points)
    {
        using var find = Command(
            connection,
            $"""
            SELECT n.place FROM unnest($2, $3, $4) WITH ORDINALITY AS n (step, time, value, place)
            JOIN metric_points p ON p.series_id = $1 AND p.step = n.step AND p.time = n.time AND p.value = n.value
            """);
        find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = series });
        Add(find, points.Select(point => point.Step));
        Add(find, points.Select(point => point.Time.UtcTicks));
        Add(find, points.Select(point => point.Value));
        using var reader = find.ExecuteReader();
        while (reader.Read())
            yield return points[(int)reader.GetInt64(0) - 1];
    }

    public override IEnumerable<MetricPoint> ReadPoints(DbConnection connection, PointTable table, SeriesRow series, long firstStep, long lastStep)
    {
        using var read = Command(connection, $"SELECT step, time, value FROM {table.Name} WHERE series_id = @id {table.AndLevel} {Steps(firstStep, lastStep, "@first", "@last")} ORDER BY step, time, value");
        foreach (var (name, value) in ((string, long)[])[("id", series.Id), ("first", firstStep), ("last", lastStep)])
            read.Parameters.Add(new NpgsqlParameter<long>(name, value));
        using var reader = read.ExecuteReader();
        while (reader.Read())
            yield return new MetricPoint(series.Key, reader.GetInt64(0), reader.GetDouble(2), reader.GetInt64(1).ToTime());
    }

    public override string Numbers(IReadOnlyCollection<long> numbers, SearchArguments arguments) => $"SELECT unnest({arguments.Add(numbers.ToArray())}) AS no";

    private static List<SeriesRow> Lock(DbConnection connection, long runNo, IReadOnlyCollection<string> keys) =>
        connection.Query<SeriesRow>(
            $"SELECT {SeriesRow.Columns} FROM metric_series WHERE run_no = @runNo AND key = ANY (@keys) ORDER BY key FOR UPDATE", new { runNo, keys = keys.ToArray() }).AsList();

    private static void Copy(NpgsqlConnection connection, IReadOnlyList<(long Series, MetricPoint Point)> points)
    {
        using var copy = connection.BeginBinaryImport("COPY metric_points (series_id, step, time, value) FROM STDIN (FORMAT BINARY)");
        foreach (var (series, point) in points)
        {
            copy.StartRow();
            copy.Write(series, NpgsqlDbType.Bigint);
            copy.Write(point.Step, NpgsqlDbType.Bigint);
            copy.Write(point.Time.UtcTicks, NpgsqlDbType.Bigint);
            copy.Write(point.Value, NpgsqlDbType.Double);
        }

        copy.Complete();
    }

    private static NpgsqlCommand Command(DbConnection connection, string sql) => new(sql, (NpgsqlConnection)connection);

    private static void Add<T>(NpgsqlCommand command, IEnumerable<T> values) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });
}
