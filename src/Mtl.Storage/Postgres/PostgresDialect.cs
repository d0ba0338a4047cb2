using System.Data.Common;
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
            Add(insert.Parameters, keys.Except(stored.Select(row => row.Key)));
            insert.ExecuteNonQuery();
        }

        return Lock(connection, runNo, keys);
    }

    public override void Write(DbConnection connection, IReadOnlyList<PointRows> points, IReadOnlyList<SeriesRow> series)
    {
        var database = (NpgsqlConnection)connection;
        using var batch = new NpgsqlBatch(database);
        foreach (var rows in points)
        {
            if (rows.Points.Count >= RowsToCopy)
                Copy(database, rows);
            else
                batch.BatchCommands.Add(Insert(rows));
        }

        batch.BatchCommands.Add(Update(series));
        batch.ExecuteNonQuery();
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
        Add(find.Parameters, points.Select(point => point.Step));
        Add(find.Parameters, points.Select(point => point.Time.UtcTicks));
        Add(find.Parameters, points.Select(point => point.Value));
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

    private static List<SeriesRow> Lock(DbConnection connection, long runNo, IReadOnlyCollection<string> keys)
    {
        using var find = Command(connection, $"SELECT {SeriesRow.Columns} FROM metric_series WHERE run_no = $1 AND key = ANY ($2) ORDER BY key FOR UPDATE");
        find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = runNo });
        Add(find.Parameters, keys);
        using var row = find.ExecuteReader();
        var series = new List<SeriesRow>(keys.Count);
        while (row.Read())
            series.Add(Series(row));
        return series;
    }

    private static SeriesRow Series(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Key = row.GetString(1),
        Points = row.GetInt64(2),
        LastStep = row.GetInt64(3),
        LastTime = row.GetInt64(4),
        LastValue = row.GetDouble(5),
        LeastStep = row.IsDBNull(6) ? null : row.GetInt64(6),
        LeastTime = row.IsDBNull(7) ? null : row.GetInt64(7),
        LeastValue = row.IsDBNull(8) ? null : row.GetDouble(8),
        GreatestStep = row.IsDBNull(9) ? null : row.GetInt64(9),
        GreatestTime = row.IsDBNull(10) ? null : row.GetInt64(10),
        GreatestValue = row.IsDBNull(11) ? null : row.GetDouble(11),
        OpenChunks = row.GetFieldValue<byte[]>(12),
    };

    private static void Copy(NpgsqlConnection connection, PointRows rows)
    {
        using var copy = connection.BeginBinaryImport($"COPY {rows.Table.Name} ({rows.Table.Columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var (series, point) in rows.Points)
        {
            copy.StartRow();
            copy.Write(series, NpgsqlDbType.Bigint);
            if (rows.Table.Level is { } level)
                copy.Write(level, NpgsqlDbType.Integer);
            copy.Write(point.Step, NpgsqlDbType.Bigint);
            copy.Write(point.Time.UtcTicks, NpgsqlDbType.Bigint);
            copy.Write(point.Value, NpgsqlDbType.Double);
        }

        copy.Complete();
    }

    private static NpgsqlBatchCommand Insert(PointRows rows)
    {
        var (table, points) = rows;
        var level = table.Level is { } number ? $"CROSS JOIN (VALUES ({number})) AS l (level)" : "";
        var insert = new NpgsqlBatchCommand(
            $"INSERT INTO {table.Name} ({table.Columns}) SELECT {table.Columns} FROM unnest($1, $2, $3, $4) AS p (series_id, step, time, value) {level}");
        Add(insert.Parameters, points.Select(row => row.Series));
        Add(insert.Parameters, points.Select(row => row.Point.Step));
        Add(insert.Parameters, points.Select(row => row.Point.Time.UtcTicks));
        Add(insert.Parameters, points.Select(row => row.Point.Value));
        return insert;
    }

    private static NpgsqlBatchCommand Update(IReadOnlyList<SeriesRow> series)
    {
        var update = new NpgsqlBatchCommand(
            """
            UPDATE metric_series s
            SET points = n.points, last_step = n.last_step, last_time = n.last_time, last_value = n.last_value,
                least_step = n.least_step, least_time = n.least_time, least_value = n.least_value,
                greatest_step = n.greatest_step, greatest_time = n.greatest_time, greatest_value = n.greatest_value, open_chunks = n.open_chunks
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS
              n (id, points, last_step, last_time, last_value, least_step, least_time, least_value, greatest_step, greatest_time, greatest_value, open_chunks)
            WHERE s.id = n.id
            """);
        Add(update.Parameters, series.Select(row => row.Id));
        Add(update.Parameters, series.Select(row => row.Points));
        Add(update.Parameters, series.Select(row => row.LastStep));
        Add(update.Parameters, series.Select(row => row.LastTime));
        Add(update.Parameters, series.Select(row => row.LastValue.Value));
        Add(update.Parameters, series.Select(row => row.LeastStep));
        Add(update.Parameters, series.Select(row => row.LeastTime));
        Add(update.Parameters, series.Select(row => row.LeastValue?.Value));
        Add(update.Parameters, series.Select(row => row.GreatestStep));
        Add(update.Parameters, series.Select(row => row.GreatestTime));
        Add(update.Parameters, series.Select(row => row.GreatestValue?.Value));
        Add(update.Parameters, series.Select(row => row.OpenChunks));
        return update;
    }

    private static NpgsqlCommand Command(DbConnection connection, string sql) => new(sql, (NpgsqlConnection)connection);

    private static void Add<T>(NpgsqlParameterCollection parameters, IEnumerable<T> values) => parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });
}
