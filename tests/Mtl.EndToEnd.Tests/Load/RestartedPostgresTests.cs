using System.Net;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Testing.Postgres;

namespace Mtl.EndToEnd.Tests.Load;

public sealed class RestartedPostgresTests
{
    [Fact(Timeout = 600_000)]
    public async Task A_database_that_goes_away_under_load_is_said_clearly_loses_nothing_and_is_used_again_when_it_is_back()
    {
        await using var database = await PostgresServer.StartNewAsync();
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"], environment: new Dictionary<string, string> { ["MTL_STORE"] = await database.CreateDatabaseAsync() });
        await using var load = await LoadedServer.StartAsync(server, "restarts", isPersistent: true);

        for (var stop = 1; stop <= 2; stop++)
        {
            await load.UntilAcknowledgedAsync(300);
            await database.StopAsync();
            var refusal = await load.UntilRefusedAsync("503: ");
            refusal.ShouldContain("\"error_code\":\"TEMPORARILY_UNAVAILABLE\"");
            refusal.ShouldContain("database");
            refusal.ShouldNotContain(PostgresServer.Password);
            var (status, text) = await ReadyAsync(server);
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            text.ShouldStartWith("not ready\nstore: ");

            await database.StartAsync();
            await load.UntilAcknowledgedAsync(300);
            (await ReadyAsync(server)).ShouldBe((HttpStatusCode.OK, "ready"));
        }

        var report = await load.EndAsync();
        report.Refusals.Keys.ShouldAllBe(refusal => refusal.StartsWith("503: ", StringComparison.Ordinal));
        await report.ShouldBeThereAsync(server, $"{report.Points} points");
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(Server server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var response = await client.GetAsync("/health/ready");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
