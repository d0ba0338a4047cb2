using System.Globalization;
using Dapper;
using Mtl.Core;
using Mtl.Storage.Postgres;
using Mtl.Storage.Relational;
using Mtl.Testing.Postgres;
using Mtl.Tracking;
using Npgsql;

namespace Mtl.Storage.Tests;

/// <summary>What is PostgreSQL's own: connecting, its schema, a server that comes and goes.</summary>
public sealed class PostgresDatabaseTests(SharedPostgres postgres)
{
    [Fact]
    public async Task The_schema_is_made_once_and_found_again()
    {
        var store = await (await postgres.ServerAsync()).CreateDatabaseAsync();
        PostgresDatabase.Open(store).Value.Dispose();

        using var again = PostgresDatabase.Open(store).Value;

        (await again.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT version FROM mtl_schema"), default)).ShouldBe(Migration.Postgres[^1].Version);
    }

    [Fact]
    public async Task Two_servers_that_start_at_once_on_an_empty_database_both_do()
    {
        var store = await (await postgres.ServerAsync()).CreateDatabaseAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresDatabase.Open(store))));

        foreach (var database in opened)
            database.Value.Dispose();
    }

    [Fact]
    public async Task A_newer_schema_and_another_programs_tables_are_refused()
    {
        var server = await postgres.ServerAsync();
        var newer = await server.CreateDatabaseAsync();
        PostgresDatabase.Open(newer).Value.Dispose();
        await ExecuteAsync(newer, "UPDATE mtl_schema SET version = 99");
        var other = await server.CreateDatabaseAsync();
        await ExecuteAsync(other, "CREATE TABLE experiments (id integer)");

        PostgresDatabase.Open(newer).Error.ShouldBe(Error.Conflict(
            $"The PostgreSQL database '{NameOf(newer)}' at 127.0.0.1:{server.Port} has schema version 99; this program knows versions up to {Migration.Postgres[^1].Version}.",
            "Start the newer program that wrote it, or name another database."));
        PostgresDatabase.Open(other).Error.ShouldBe(Error.Invalid(
            $"The PostgreSQL database '{NameOf(other)}' at 127.0.0.1:{server.Port} holds the tables of another program.",
            "Name an empty database, or a schema of its own with 'Search Path=…', in the store's connection string."));
    }

    [Fact]
    public async Task A_wrong_password_is_said_without_the_password()
    {
        var server = await postgres.ServerAsync();

        var error = PostgresDatabase.Open($"Host=127.0.0.1;Port={server.Port};Username=mtl;Password=wrong-secret;Database=postgres").Error!;

        error.ShouldBe(Error.Unavailable(
            $"The PostgreSQL database 'postgres' at 127.0.0.1:{server.Port} refuses this user: password authentication failed for user \"mtl\"",
            "Correct user and password in the store's connection string."));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_by_its_name()
    {
        var server = await postgres.ServerAsync();

        PostgresDatabase.Open(server.ConnectionString("nope")).Error!.Message
            .ShouldBe($"The PostgreSQL database 'nope' at 127.0.0.1:{server.Port} can't be used: database \"nope\" does not exist");
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_with_its_address()
    {
        var error = PostgresDatabase.Open("postgresql://mtl:secret@127.0.0.1:1/tracking").Error!;

        error.Kind.ShouldBe(ErrorKind.Unavailable);
        error.Message.ShouldStartWith("The PostgreSQL database 'tracking' at 127.0.0.1:1 can't be reached: ");
        error.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("Host=db;Pasword=secret")]
    [InlineData("Host=db;Port=secret")]
    [InlineData("secret")]
    [InlineData("postgresql://db/x?nonsense=secret")]
    public void A_connection_string_that_cant_be_read_is_refused_without_repeating_it(string store)
    {
        var error = PostgresDatabase.Open(store).Error!;

        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Message.ShouldBe("The store's connection string can't be read.");
        error.Advice.ShouldBe("Give it as 'Host=db;Username=mtl;Password=…;Database=mtl' or 'postgresql://mtl:…@db/mtl', with --store or in MTL_STORE.");
    }

    [Fact]
    public void A_connection_string_without_a_host_is_refused() =>
        PostgresDatabase.Open("Username=mtl;Password=secret").Error!.Message.ShouldBe("The store's connection string names no host.");

    [Theory]
    [InlineData("53100", ErrorKind.Full, "The disk of {0} is full: could not extend file", "Make room on it; the server goes on by itself as soon as there is some.")]
    [InlineData("53200", ErrorKind.Unavailable, "{1} can't do it now: could not extend file", "Try again in a moment.")]
    [InlineData("25006", ErrorKind.Unavailable, "{1} can't be reached: could not extend file", "Start it, or correct the store's connection string; the server goes on by itself when the database is back.")]
    public async Task A_state_that_the_server_gives_is_said_as_what_it_means_and_the_next_write_goes_on(string state, ErrorKind kind, string message, string advice)
    {
        var server = await postgres.ServerAsync();
        var store = await server.CreateDatabaseAsync();
        using var database = PostgresDatabase.Open(store).Value;
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (id integer)"), default);
        var where = $"PostgreSQL database '{NameOf(store)}' at 127.0.0.1:{server.Port}";

        var thrown = await Should.ThrowAsync<StoreException>(() => database.WriteAsync(
            connection => connection.Execute($"INSERT INTO t VALUES (1); DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}'; END $$"), default));

        thrown.Error.ShouldBe(new Error(kind, string.Format(CultureInfo.InvariantCulture, message, $"the {where}", $"The {where}"), advice));
        await database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (2)"), default);
        (await database.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT sum(id) FROM t"), default)).ShouldBe(2);
    }

    [Fact]
    public async Task A_write_that_another_transaction_came_before_runs_again_and_sees_it()
    {
        var store = await (await postgres.ServerAsync()).CreateDatabaseAsync();
        using var database = PostgresDatabase.Open(store).Value;
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (id integer PRIMARY KEY)"), default);

        // Every one finds the same number free, and inserts it: all but one run into the key, and take the next.
        var numbers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.WriteAsync(
            connection => connection.ExecuteScalar<int>("INSERT INTO t SELECT coalesce(max(id), 0) + 1 FROM t RETURNING id"), default)));

        numbers.Order().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Errors_and_exceptions_undo_the_write()
    {
        var store = await (await postgres.ServerAsync()).CreateDatabaseAsync();
        using var database = PostgresDatabase.Open(store).Value;
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (id integer PRIMARY KEY)"), default);

        (await database.WriteAsync<Result<int>>(
            connection =>
            {
                connection.Execute("INSERT INTO t VALUES (1)");
                return Error.Conflict("no");
            },
            default)).Error!.Message.ShouldBe("no");
        await Should.ThrowAsync<PostgresException>(() => database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (2); INSERT INTO nonsense VALUES (1)"), default));

        (await database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM t"), default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_text_with_a_character_that_it_cant_keep_is_refused_as_invalid()
    {
        var store = await (await postgres.ServerAsync()).CreateDatabaseAsync();
        using var database = PostgresDatabase.Open(store).Value;

        var thrown = await Should.ThrowAsync<StoreException>(() => database.ReadAsync(connection => connection.ExecuteScalar<string>("SELECT @text", new { text = "a\0b" }), default));

        thrown.Error.ShouldBe(Error.Invalid("A text holds the character U+0000, which the store can't keep.", "Leave it out."));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_is_stopped_gives_clear_errors_and_everything_goes_on_when_it_is_back()
    {
        await using var server = await PostgresServer.StartNewAsync();
        using var database = PostgresDatabase.Open(await server.CreateDatabaseAsync()).Value;
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (id integer PRIMARY KEY)"), default);
        (await database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (1)"), default)).ShouldBe(1);

        await server.StopAsync();
        var error = (await Should.ThrowAsync<StoreException>(() => database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (2)"), default))).Error;
        (await Should.ThrowAsync<StoreException>(() => database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM t"), default))).Error.Kind
            .ShouldBe(ErrorKind.Unavailable);
        await server.StartAsync();

        error.Kind.ShouldBe(ErrorKind.Unavailable);
        error.Message.ShouldContain($"at 127.0.0.1:{server.Port} can't be reached: ");
        error.ToString().ShouldNotContain(PostgresServer.Password);
        (await database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (3)"), default)).ShouldBe(1);
        (await database.ReadAsync(connection => connection.Query<int>("SELECT id FROM t ORDER BY id").ToArray(), default)).ShouldBe([1, 3]);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_was_restarted_between_two_calls_is_not_noticed()
    {
        await using var server = await PostgresServer.StartNewAsync();
        using var database = PostgresDatabase.Open(await server.CreateDatabaseAsync()).Value;
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (id integer PRIMARY KEY)"), default);

        await server.StopAsync();
        await server.StartAsync();

        (await database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (1)"), default)).ShouldBe(1);
        (await database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM t"), default)).ShouldBe(1);
    }

    private static string NameOf(string store) => new NpgsqlConnectionStringBuilder(store).Database!;

    private static async Task ExecuteAsync(string store, string sql)
    {
        await using var connection = new NpgsqlConnection($"{store};Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
