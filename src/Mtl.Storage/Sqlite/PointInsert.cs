using Microsoft.Data.Sqlite;
using Mtl.Tracking.Metrics;
using SQLitePCL;

namespace Mtl.Storage.Sqlite;

/// <summary>
/// Writes metric points with a prepared statement of many rows and one of a single row for the rest. It speaks to SQLite's C interface itself: ADO.NET's parameters
/// cost more than the insertion.
/// </summary>
internal sealed class PointInsert(SqliteConnection connection) : IDisposable
{
    private const int RowsAtOnce = 32;
    private const int ColumnsPerRow = 4;

    private readonly sqlite3 database = connection.Handle!;
    private readonly (long Series, MetricPoint Point)[] pending = new (long, MetricPoint)[RowsAtOnce];
    private sqlite3_stmt? many;
    private sqlite3_stmt? one;
    private int count;

    public void Add(long series, MetricPoint point)
    {
        pending[count++] = (series, point);
        if (count < RowsAtOnce)
            return;
        Run(many ??= Prepare(RowsAtOnce), pending);
        count = 0;
    }

    /// <summary>Writes the rows that did not fill a whole statement.</summary>
    public void Finish()
    {
        for (var i = 0; i < count; i++)
            Run(one ??= Prepare(1), pending.AsSpan(i, 1));
        count = 0;
    }

    public void Dispose()
    {
        many?.Dispose();
        one?.Dispose();
    }

    private void Run(sqlite3_stmt statement, ReadOnlySpan<(long Series, MetricPoint Point)> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var (series, point) = rows[i];
            var first = 1 + (i * ColumnsPerRow);
            raw.sqlite3_bind_int64(statement, first, series);
            raw.sqlite3_bind_int64(statement, first + 1, point.Step);
            raw.sqlite3_bind_double(statement, first + 2, point.Value);
            raw.sqlite3_bind_int64(statement, first + 3, point.Time.UtcTicks);
        }

        var result = raw.sqlite3_step(statement);
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, database);
        raw.sqlite3_reset(statement);
    }

    private sqlite3_stmt Prepare(int rows)
    {
        var values = string.Join(", ", Enumerable.Repeat("(?, ?, ?, ?)", rows));
        var result = raw.sqlite3_prepare_v2(database, $"INSERT OR REPLACE INTO metric_points (series_id, step, value, time) VALUES {values}", out var statement);
        SqliteException.ThrowExceptionForRC(result, database);
        return statement;
    }
}
