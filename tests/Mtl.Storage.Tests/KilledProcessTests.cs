using System.Diagnostics;
using System.Globalization;

namespace Mtl.Storage.Tests;

/// <summary>A child process writes batches and says after each that it is done; it is killed in the middle, as <c>kill -9</c> does.</summary>
public sealed class KilledProcessTests : IDisposable
{
    /// <summary>Makes this program the child, with the data folder as second argument.</summary>
    internal const string ChildArgument = "write-until-killed";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(150)]
    public async Task Everything_acknowledged_before_the_kill_is_there_and_the_folder_can_be_used_again(int batchesBeforeKill)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledProcessTests).Assembly.Location, ChildArgument, folder]) { RedirectStandardOutput = true })!;
        var acknowledged = 0;
        while (await child.StandardOutput.ReadLineAsync() is { } line && int.TryParse(line, CultureInfo.InvariantCulture, out var batch))
        {
            acknowledged = batch;
            if (acknowledged == batchesBeforeKill)
                child.Kill();
        }

        await child.WaitForExitAsync();

        acknowledged.ShouldBeGreaterThanOrEqualTo(batchesBeforeKill);
        using var storage = ServerStorage.Open(folder).Value;
        // One batch may have been committed without its acknowledgement having reached us.
        (await MetricBatches.CountAsync(storage)).ShouldBeInRange(acknowledged, acknowledged + 1);
    }

    internal static async Task<int> WriteUntilKilledAsync(string folder)
    {
        using var storage = ServerStorage.Open(folder).Value;
        await MetricBatches.PrepareAsync(storage);
        for (var batch = 0; ; batch++)
        {
            await MetricBatches.WriteAsync(storage, batch);
            await Console.Out.WriteLineAsync((batch + 1).ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }
    }
}
