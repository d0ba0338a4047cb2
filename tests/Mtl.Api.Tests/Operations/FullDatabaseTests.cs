using System.Net;
using Mtl.Api.Tests.Hosting;
using Mtl.Api.Tests.Mlflow;
using Mtl.EndToEnd.Tests.Load;
using Mtl.Testing.Postgres;

namespace Mtl.Api.Tests.Operations;

/// <summary>A PostgreSQL server whose disk is full.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FullDatabaseTests
{
    private const int DiskMegabytes = 40;

    [Fact]
    public async Task A_full_disk_of_the_database_is_said_with_507_and_written_again_when_there_is_room()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        using var disk = SmallDisk.Mount(Path.Combine(Path.GetDirectoryName(postgres.DataFolder)!, "small"), DiskMegabytes);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[12 << 20]);
        var server = new RunningServer { Store = await postgres.CreateDatabaseAsync(disk.Path) };
        await server.InitializeAsync();
        try
        {
            var run = await server.RunAsync();
            var (taken, answer) = (0, await LogAsync(server, run, 0));
            while (answer.Status == HttpStatusCode.OK)
            {
                (++taken).ShouldBeLessThan(DiskMegabytes * 20, "so many batches of about 100 kB do not fit on the disk");
                answer = await LogAsync(server, run, taken);
            }

            (answer.Status, (string)answer.Json["error_code"]!).ShouldBe((HttpStatusCode.InsufficientStorage, "RESOURCE_EXHAUSTED"));
            ((string)answer.Json["message"]!).ShouldStartWith("The disk of the PostgreSQL database 'test_1' at 127.0.0.1:");
            ((string)answer.Json["message"]!).ShouldContain(" is full: could not extend file");
            ((string)answer.Json["message"]!).ShouldEndWith("Make room on it; the server goes on by itself as soon as there is some.");
            (await server.SendAsync("GET", "/health/ready")).Body.ShouldBe("ready", "it can still be read");

            File.Delete(ballast);
            (await LogAsync(server, run, taken)).Status.ShouldBe(HttpStatusCode.OK);
            var tags = (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["data"]!["tags"]!.AsArray();
            tags.Count(tag => ((string)tag!["key"]!).StartsWith('b')).ShouldBe((taken + 1) * 20, "all of each batch that was acknowledged, and nothing of the one that was not");
        }
        finally
        {
            await server.DisposeAsync();
            await postgres.StopAsync();
        }
    }

    /// <summary>20 tags of 5,000 characters that do not compress.</summary>
    private static Task<Answer> LogAsync(RunningServer server, string run, int number)
    {
        var random = new Random(number);
        var tags = Enumerable.Range(0, 20).Select(tag => $$"""{"key": "b{{number}}-{{tag}}", "value": "{{Convert.ToHexString(Bytes(random))}}"}""");
        return server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "tags": [{{string.Join(", ", tags)}}]}""");
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[2500];
        random.NextBytes(bytes);
        return bytes;
    }
}
