using System.Net;
using Mtl.EndToEnd.Tests.Hosting;

namespace Mtl.EndToEnd.Tests.Load;

public sealed class FullDiskTests
{
    [Fact(Timeout = 600_000)]
    public async Task A_full_disk_is_said_with_507_corrupts_nothing_and_is_written_again_when_there_is_room()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 96);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[48 << 20]);
        await using var server = await Server.StartAsync(Path.Combine(disk.Path, "data"));
        await using var load = await LoadedServer.StartAsync(server, "full disk", isPersistent: true);

        var refusal = await load.UntilRefusedAsync("507: ");
        refusal.ShouldContain(" is full: nothing more can be stored.");
        var (status, text) = await UploadAsync(server, load, new byte[8 << 20]);
        status.ShouldBe(HttpStatusCode.InsufficientStorage, text);
        text.ShouldContain("The disk that holds the artifacts is full: 'large.bin' of run ");

        File.Delete(ballast);
        await load.UntilAcknowledgedAsync(200);
        (await UploadAsync(server, load, new byte[1 << 20])).Status.ShouldBe(HttpStatusCode.OK);
        var report = await load.EndAsync();
        report.Refusals.Keys.ShouldAllBe(answer => answer.StartsWith("507: ", StringComparison.Ordinal));
        await report.ShouldBeThereAsync(server, $"{report.Points} points");

        var backup = await MtlProgram.RunAsync(folder.Path, "backup", "backup.tar.gz", "--data", server.DataFolder);
        backup.ExitCode.ShouldBe(0, $"{backup}");
        var restored = await MtlProgram.RunAsync(folder.Path, "restore", "backup.tar.gz", "--data", folder["restored"]);
        restored.ExitCode.ShouldBe(0, $"SQLite's own check of the database: {restored}");
    }

    private static async Task<(HttpStatusCode Status, string Text)> UploadAsync(Server server, LoadedServer load, byte[] content)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var response = await client.PutAsync($"{load.Artifacts}/large.bin", new ByteArrayContent(content));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
