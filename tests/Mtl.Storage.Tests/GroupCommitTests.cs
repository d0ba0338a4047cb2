using Dapper;
using Mtl.Core;
using Mtl.Storage.Sqlite;
using Mtl.Tracking;

namespace Mtl.Storage.Tests;

/// <summary>Writes that wait are committed together, and yet each is a transaction of its own.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;

    public GroupCommitTests()
    {
        database = SqliteDatabase.Open(folder.File("mtl.db")).Value;
        _ = database.WriteAsync(connection => connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)"), default).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task One_that_throws_and_one_that_gives_an_error_undo_nothing_of_the_others()
    {
        using var gate = new ManualResetEventSlim();
        var held = database.WriteAsync(_ => gate.Wait(TimeSpan.FromMinutes(1)), default);
        var before = database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (1)"), default);
        var throwing = database.WriteAsync<int>(
            connection =>
            {
                connection.Execute("INSERT INTO t VALUES (2)");
                throw new InvalidOperationException("no");
            },
            default);
        var refused = database.WriteAsync<Result<int>>(
            connection =>
            {
                connection.Execute("INSERT INTO t VALUES (3)");
                return Error.Conflict("no");
            },
            default);
        var after = database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (4)"), default);
        gate.Set();

        (await held).ShouldBeTrue();
        (await before, await after).ShouldBe((1, 1));
        (await Should.ThrowAsync<InvalidOperationException>(() => throwing)).Message.ShouldBe("no");
        (await refused).Error!.Message.ShouldBe("no");
        (await IdsAsync()).ShouldBe([1, 4]);
    }

    [Fact]
    public async Task A_write_sees_those_before_it_in_the_group()
    {
        using var gate = new ManualResetEventSlim();
        var held = database.WriteAsync(_ => gate.Wait(TimeSpan.FromMinutes(1)), default);
        var counts = Enumerable.Range(1, 20).Select(i => database.WriteAsync(
            connection =>
            {
                connection.Execute("INSERT INTO t VALUES (@i)", new { i });
                return connection.ExecuteScalar<int>("SELECT count(*) FROM t");
            },
            default)).ToArray();
        gate.Set();

        (await held).ShouldBeTrue();
        (await Task.WhenAll(counts)).ShouldBe(Enumerable.Range(1, 20));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_is_not_done()
    {
        using var cancellation = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var held = database.WriteAsync(_ => gate.Wait(TimeSpan.FromMinutes(1)), default);
        var cancelled = database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (1)"), cancellation.Token);
        await cancellation.CancelAsync();
        gate.Set();

        (await held).ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await IdsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_reads_a_write_before_it_is_committed()
    {
        using var gate = new ManualResetEventSlim();
        using var written = new ManualResetEventSlim();
        var writing = database.WriteAsync(
            connection =>
            {
                connection.Execute("INSERT INTO t VALUES (1)");
                written.Set();
                return gate.Wait(TimeSpan.FromMinutes(1));
            },
            default);
        written.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue();

        (await IdsAsync()).ShouldBeEmpty();
        gate.Set();
        (await writing).ShouldBeTrue();
        (await IdsAsync()).ShouldBe([1]);
    }

    [Fact]
    public async Task A_full_disk_is_said_keeps_what_was_acknowledged_and_is_over_when_there_is_room()
    {
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE big (text TEXT); INSERT INTO t VALUES (1)"), default);
        var pages = await database.WriteAsync(connection => connection.ExecuteScalar<long>("PRAGMA page_count"), default);
        await database.WriteAsync(connection => connection.Execute($"PRAGMA max_page_count = {pages + 2}"), default);

        var full = await Should.ThrowAsync<StoreException>(() => database.WriteAsync(
            connection => connection.Execute("INSERT INTO t VALUES (2); INSERT INTO big VALUES (@text)", new { text = new string('x', 1_000_000) }), default));

        full.Error.ShouldBe(Error.Full(
            $"The disk that holds the database '{folder.File("mtl.db")}' is full: nothing more can be stored.", "Make room on it; the server goes on by itself as soon as there is some."));
        (await IdsAsync()).ShouldBe([1]);
        await database.WriteAsync(connection => connection.Execute("PRAGMA max_page_count = 1000000"), default);
        (await database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (3)"), default)).ShouldBe(1);
        (await IdsAsync()).ShouldBe([1, 3]);
        (await database.ReadAsync(connection => connection.ExecuteScalar<string>("PRAGMA integrity_check"), default)).ShouldBe("ok");
    }

    private Task<long[]> IdsAsync() => database.ReadAsync(connection => connection.Query<long>("SELECT id FROM t ORDER BY id").ToArray(), default);
}
