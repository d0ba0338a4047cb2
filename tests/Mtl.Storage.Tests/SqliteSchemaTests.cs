using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;
using Mtl.Storage.Relational;
using Mtl.Storage.Sqlite;

namespace Mtl.Storage.Tests;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int> OlderVersions => [.. Enumerable.Range(0, Migration.Sqlite.Count)];

    private string Database => folder.File("mtl.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_steps_are_numbered_from_1_without_a_gap() =>
        Migration.Sqlite.Select(migration => migration.Version).ShouldBe(Enumerable.Range(1, Migration.Sqlite.Count));

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void Every_older_version_is_brought_to_the_schema_of_a_new_database(int version)
    {
        SqliteDatabase.Open(Database, [.. Migration.Sqlite.Take(version)]).Value.Dispose();
        SqliteDatabase.Open(folder.File("new.db")).Value.Dispose();

        SqliteDatabase.Open(Database).Value.Dispose();

        SchemaOf(Database).ShouldBe(SchemaOf(folder.File("new.db")));
        VersionOf(Database).ShouldBe(Migration.Sqlite.Count);
    }

    [Fact]
    public void Both_databases_have_the_same_newest_version() => Migration.Postgres[^1].Version.ShouldBe(Migration.Sqlite[^1].Version);

    [Fact]
    public void Records_of_the_first_version_are_still_there_after_the_upgrade()
    {
        SqliteDatabase.Open(Database, [.. Migration.Sqlite.Take(1)]).Value.Dispose();
        Execute("INSERT INTO experiments VALUES ('e', 'Adult', '{}', 1, 2, 0, 3)");

        SqliteDatabase.Open(Database).Value.Dispose();

        Scalar<string>("SELECT name || version FROM experiments").ShouldBe("Adult3");
    }

    [Fact]
    public void A_step_that_leaves_a_row_without_what_it_refers_to_is_refused()
    {
        SqliteDatabase.Open(Database).Value.Dispose();
        Migration[] broken = [.. Migration.Sqlite, new(Migration.Sqlite.Count + 1, "9999_breaks", "INSERT INTO log_lines VALUES ('nope', 1, 1, 1, 'Error', '')")];

        Should.Throw<InvalidOperationException>(() => SqliteDatabase.Open(Database, broken)).Message.ShouldBe("The step 9999_breaks leaves rows of 'log_lines' that refer to nothing.");
    }

    [Fact]
    public void A_step_that_fails_leaves_the_database_as_it_was()
    {
        SqliteDatabase.Open(Database).Value.Dispose();
        var next = Migration.Sqlite.Count + 1;
        Migration[] broken = [.. Migration.Sqlite, new(next, "adds", "CREATE TABLE added (id INTEGER)"), new(next + 1, "breaks", "CREATE TABLE added (id INTEGER)")];

        SqliteDatabase.Open(Database, broken).Error!.Message
            .ShouldBe($"The database '{Database}' can't be opened: SQLite Error 1: 'table added already exists'.");

        VersionOf(Database).ShouldBe(Migration.Sqlite.Count);
        Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'added'").ShouldBe(0);
    }

    [Fact]
    public void A_newer_schema_is_refused_by_its_number()
    {
        SqliteDatabase.Open(Database).Value.Dispose();
        Execute("PRAGMA user_version = 99");

        ServerStorage.Open(folder).Error.ShouldBe(Error.Conflict(
            $"The database '{Database}' has schema version 99; this program knows versions up to {Migration.Sqlite.Count}.",
            "Start the newer program that wrote it, or name another folder with --data DIR."));
        VersionOf(Database).ShouldBe(99);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_alone()
    {
        SqliteLibrary.Load();
        Execute("CREATE TABLE theirs (id INTEGER)");

        ServerStorage.Open(folder).Error.ShouldBe(Error.Invalid(
            $"The file '{Database}' is an SQLite database of another program.", "Move it away, or name another folder with --data DIR."));
        SchemaOf(Database).ShouldBe(["CREATE TABLE theirs (id INTEGER)"]);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        File.WriteAllText(Database, new string('x', 5000));

        ServerStorage.Open(folder).Error.ShouldBe(Error.Unavailable(
            $"The database '{Database}' can't be opened: SQLite Error 26: 'file is not a database'.",
            "If the file is damaged or of another program, move it away, or name another folder with --data DIR."));
        File.ReadAllText(Database).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task The_log_is_synced_at_every_commit()
    {
        using var database = SqliteDatabase.Open(Database).Value;

        (await database.WriteAsync(connection => connection.ExecuteScalar<long>("PRAGMA synchronous"), default)).ShouldBe(2);
        (await database.WriteAsync(connection => connection.ExecuteScalar<string>("PRAGMA journal_mode"), default)).ShouldBe("wal");
        (await database.ReadAsync(connection => connection.ExecuteScalar<long>("PRAGMA query_only"), default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_throws_is_undone_whole()
    {
        using var database = SqliteDatabase.Open(Database).Value;

        await Should.ThrowAsync<SqliteException>(() => database.WriteAsync(
            connection => connection.Execute("INSERT INTO experiments VALUES (1, 'e', 'Adult', '', 1, 2, 0, 3, '{}'); INSERT INTO nonsense VALUES (1)"), default));

        (await database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM experiments"), default)).ShouldBe(0);
    }

    private static string[] SchemaOf(string file)
    {
        using var connection = Connect(file);
        return connection.Query<string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").ToArray();
    }

    private static int VersionOf(string file)
    {
        using var connection = Connect(file);
        return connection.ExecuteScalar<int>("PRAGMA user_version");
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect(Database);
        connection.Execute(sql);
    }

    private T? Scalar<T>(string sql)
    {
        using var connection = Connect(Database);
        return connection.ExecuteScalar<T>(sql);
    }
}
