using Microsoft.Data.Sqlite;
using Mtl.Storage.Relational;
using SQLitePCL;

namespace Mtl.Storage.Sqlite;

/// <summary>A prepared statement of SQLite's C interface. Parameters count from 1, columns from 0. NaN goes in and out as the text that stands for it. Not thread-safe.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, long? value) => Check(value is { } number ? raw.sqlite3_bind_int64(statement, parameter, number) : raw.sqlite3_bind_null(statement, parameter));

    public void Bind(int parameter, double? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(statement, parameter),
        double.NaN => raw.sqlite3_bind_text(statement, parameter, StoredNumber.NaN),
        { } number => raw.sqlite3_bind_double(statement, parameter, number),
    });

    public void Bind(int parameter, string value) => Check(raw.sqlite3_bind_text(statement, parameter, value));

    public void Bind(int parameter, byte[] value) => Check(raw.sqlite3_bind_blob(statement, parameter, value));

    /// <summary>Whether there is a further row.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement without rows, and makes it ready to run again.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public void Reset() => Check(raw.sqlite3_reset(statement));

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public double Number(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_TEXT ? double.NaN : raw.sqlite3_column_double(statement, column);

    public void Dispose() => statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, database);
    }
}
