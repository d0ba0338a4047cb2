using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Storage.Relational;
using Mtl.Storage.Relational.Search;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Sqlite;

/// <summary>Speaks to SQLite's C interface itself: ADO.NET's parameters cost more than the insertion.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const int RowsAtOnce = 32;
    private const int ColumnsPerRow = 4;

    public override IReadOnlyList<SeriesRow> LockSeries(DbConnection connection, long runNo, IReadOnlyCollection<string> keys)
    {
        var series = new List<SeriesRow>(keys.Count);
        using var read = new SqliteStatement((SqliteConnection)connection, $"SELECT {SeriesRow.Columns} FROM metric_series WHERE run_no = ? AND key = ?");
        foreach (var key in keys)
        {
            read.Bind(1, runNo);
            read.Bind(2, key);
            series.Add(read.Step() ? Series(read) : AddSeries(connection, runNo, key));
            read.Reset();
        }

        return series;
    }

    public override void Write(DbConnection connection, IReadOnlyList<PointRows> points, IReadOnlyList<SeriesRow> series)
    {
        var database = (SqliteConnection)connection;
        foreach (var (table, rows) in points)
        {
            var whole = rows.Count - (rows.Count % RowsAtOnce);
            Insert(database, table, rows, 0, whole, RowsAtOnce);
            Insert(database, table, rows, whole, rows.Count, 1);
        }

        Update(database, series);
    }

    public override IEnumerable<MetricPoint> Known(DbConnection connection, long series, IReadOnlyList<MetricPoint> points)
    {
        using var find = new SqliteStatement((SqliteConnection)connection, $"SELECT 1 FROM metric_points WHERE series_id = ? AND step = ? AND time = ? AND value = ?");
        foreach (var point in points)
        {
            find.Bind(1, series);
            Bind(find, 2, point);
            if (find.Step())
                yield return point;
            find.Reset();
        }
    }

    public override IEnumerable<MetricPoint> ReadPoints(DbConnection connection, PointTable table, SeriesRow series, long firstStep, long lastStep)
    {
        using var read = new SqliteStatement(
            (SqliteConnection)connection, $"SELECT step, time, value FROM {table.Name} WHERE series_id = ?1 {table.AndLevel} AND step BETWEEN ?2 AND ?3 ORDER BY step, time, value");
        read.Bind(1, series.Id);
        read.Bind(2, firstStep);
        read.Bind(3, lastStep);
        while (read.Step())
            yield return new MetricPoint(series.Key, read.Long(0), read.Number(2), read.Long(1).ToTime());
    }

    public override string Numbers(IReadOnlyCollection<long> numbers, SearchArguments arguments) =>
        $"SELECT value AS no FROM json_each({arguments.Add($"[{string.Join(',', numbers)}]")})";

    private static void Insert(SqliteConnection connection, PointTable table, IReadOnlyList<(long Series, MetricPoint Point)> points, int from, int to, int atOnce)
    {
        if (from == to)
            return;
        using var insert = new SqliteStatement(
            connection, $"INSERT INTO {table.Name} ({table.Columns}) VALUES {string.Join(", ", Enumerable.Repeat(table.Level is { } level ? $"(?, {level}, ?, ?, ?)" : "(?, ?, ?, ?)", atOnce))}");
        for (var first = from; first < to; first += atOnce)
        {
            for (var i = 0; i < atOnce; i++)
            {
                var column = 1 + (i * ColumnsPerRow);
                insert.Bind(column, points[first + i].Series);
                Bind(insert, column + 1, points[first + i].Point);
            }

            insert.Run();
        }
    }

    private static void Update(SqliteConnection connection, IReadOnlyList<SeriesRow> series)
    {
        using var update = new SqliteStatement(
            connection,
            """
            UPDATE metric_series
            SET points = ?, last_step = ?, last_time = ?, last_value = ?, least_step = ?, least_time = ?, least_value = ?, greatest_step = ?, greatest_time = ?, greatest_value = ?, open_chunks = ?
            WHERE id = ?
            """);
        foreach (var row in series)
        {
            update.Bind(1, row.Points);
            update.Bind(2, row.LastStep);
            update.Bind(3, row.LastTime);
            update.Bind(4, row.LastValue.Value);
            update.Bind(5, row.LeastStep);
            update.Bind(6, row.LeastTime);
            update.Bind(7, row.LeastValue?.Value);
            update.Bind(8, row.GreatestStep);
            update.Bind(9, row.GreatestTime);
            update.Bind(10, row.GreatestValue?.Value);
            update.Bind(11, row.OpenChunks);
            update.Bind(12, row.Id);
            update.Run();
        }
    }

    private static void Bind(SqliteStatement statement, int column, MetricPoint point)
    {
        statement.Bind(column, point.Step);
        statement.Bind(column + 1, point.Time.UtcTicks);
        statement.Bind(column + 2, point.Value);
    }

    private static SeriesRow AddSeries(DbConnection connection, long runNo, string key) => new()
    {
        Id = connection.ExecuteScalar<long>(
            "INSERT INTO metric_series (run_no, key, points, last_step, last_time, last_value, open_chunks) VALUES (@runNo, @key, 0, 0, 0, 0, x'') RETURNING id", new { runNo, key }),
        Key = key,
        Points = 0,
        LastStep = 0,
        LastTime = 0,
        LastValue = 0,
        OpenChunks = [],
    };

    private static SeriesRow Series(SqliteStatement row) => new()
    {
        Id = row.Long(0),
        Key = row.Text(1),
        Points = row.Long(2),
        LastStep = row.Long(3),
        LastTime = row.Long(4),
        LastValue = row.Number(5),
        LeastStep = row.IsNull(6) ? null : row.Long(6),
        LeastTime = row.IsNull(7) ? null : row.Long(7),
        LeastValue = row.IsNull(8) ? null : row.Number(8),
        GreatestStep = row.IsNull(9) ? null : row.Long(9),
        GreatestTime = row.IsNull(10) ? null : row.Long(10),
        GreatestValue = row.IsNull(11) ? null : row.Number(11),
        OpenChunks = row.Blob(12),
    };
}
