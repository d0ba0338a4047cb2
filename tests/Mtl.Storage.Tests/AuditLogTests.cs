using Dapper;
using Mtl.Testing.Postgres;
using Mtl.Tracking.People;

namespace Mtl.Storage.Tests;

/// <summary>That the database itself keeps the audit log.</summary>
public sealed class AuditLogTests(SharedPostgres postgres)
{
    [Fact]
    public Task SQLite_refuses_to_change_it() => RefusesAsync(new SqliteSource(), "UPDATE audit SET who = 'nobody'", "DELETE FROM audit");

    [Fact]
    public Task PostgreSQL_refuses_to_change_it() => RefusesAsync(new PostgresSource(postgres), "UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "TRUNCATE audit");

    private static async Task RefusesAsync(OpenedSource source, params string[] statements)
    {
        await using var opened = source;
        var storage = await source.OpenStorageAsync();
        await storage.Audit.AppendAsync(new AuditEntry(0, DateTimeOffset.UnixEpoch, "u", "ada", "session", "account.sign-in", "", "", "", ""));

        foreach (var statement in statements)
            (await Should.ThrowAsync<Exception>(storage.Database.WriteAsync(connection => connection.Execute(statement), CancellationToken.None))).ToString().ShouldContain("The audit log is only added to.");

        (await storage.Audit.ReadAsync(new AuditFilter())).ShouldHaveSingleItem().Who.ShouldBe("ada");
    }
}
