using Mtl.EndToEnd.Tests.Hosting;
using Mtl.EndToEnd.Tests.Load;
using Mtl.Testing.Load;

namespace Mtl.EndToEnd.Tests.Operations;

public sealed class BackupTests
{
    [Fact(Timeout = 600_000)]
    public async Task A_backup_made_under_load_is_restored_with_everything_acknowledged_before_it_and_served_on()
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"]);
        await using var load = await LoadedServer.StartAsync(server, "backed up", isPersistent: true);
        await load.UntilAcknowledgedAsync(300);
        var before = load.Snapshot();

        var made = await MtlProgram.RunAsync(folder.Path, "backup", "backup.tar.gz", "--data", server.DataFolder);
        made.ExitCode.ShouldBe(0, $"{made}");
        made.Output.ShouldMatch(@"^Wrote .*backup\.tar\.gz: [\d,]+ files?, [\d,.]+ MiB, records as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\.\s$");
        await load.UntilAcknowledgedAsync(100);
        await load.EndAsync();

        (await MtlProgram.RunAsync(folder.Path, "restore", "backup.tar.gz", "--data", server.DataFolder)).ExitCode.ShouldBe(1, "a folder in use is never overwritten");
        var restored = await MtlProgram.RunAsync(folder.Path, "restore", "backup.tar.gz", "--data", folder["restored"]);
        restored.ExitCode.ShouldBe(0, $"{restored}");
        await using var second = await Server.StartAsync(folder["restored"]);
        using var client = new MlflowClient(second.Address);
        var found = await before.ReadBackAsync(client);
        (found.Missing, found.Half, found.Wrong.Count).ShouldBe((0, 0, 0), "what was acknowledged when the backup began");

        await using var more = await LoadedServer.StartAsync(second, "after the restore", isPersistent: false);
        await more.UntilAcknowledgedAsync(100);
        await (await more.EndAsync()).ShouldBeThereAsync(second, "after the restore");
        second.Complaints.ShouldBeEmpty();
    }
}
