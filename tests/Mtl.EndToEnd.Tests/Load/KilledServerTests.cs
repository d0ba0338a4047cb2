using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Testing.Postgres;

namespace Mtl.EndToEnd.Tests.Load;

public sealed class KilledServerTests(SharedPostgres postgres)
{
    private const int Kills = 3;

    [Fact(Timeout = 600_000)]
    public Task On_SQLite_every_acknowledged_batch_outlives_kill_9_and_none_is_there_by_half() => KillUnderLoadAsync([]);

    [Fact(Timeout = 600_000)]
    public async Task On_PostgreSQL_every_acknowledged_batch_outlives_kill_9_and_none_is_there_by_half() =>
        await KillUnderLoadAsync(new() { ["MTL_STORE"] = await (await postgres.ServerAsync()).CreateDatabaseAsync() });

    private static async Task KillUnderLoadAsync(Dictionary<string, string> environment)
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"], environment: environment);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var load = await LoadedServer.StartAsync(server, $"kill {kill}", isPersistent: false);
            await load.UntilAcknowledgedAsync(400 * kill);
            await server.KillAsync();
            var report = await load.EndedAsync();
            report.Refusals.Keys.ShouldBe(["broken"], "a killed server answers nothing");

            await server.RestartAsync();
            await report.ShouldBeThereAsync(server, $"kill {kill} after {report.Points} points");
        }

        server.Complaints.ShouldBeEmpty();
    }
}
