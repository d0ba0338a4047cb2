using System.Diagnostics;
using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Storage;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Benchmarks.Tracking;

/// <summary>The embedded store: metric batches of several sizes, each acknowledged when it is on disk, and what the dashboard reads.</summary>
internal static class TrackingBenchmark
{
    private const int Keys = 10;
    private const int MostPoints = 1_000_000;
    private const int BatchesPerSize = 200;

    private static readonly int[] BatchSizes = [20, 200, 2_000, 20_000, 100_000];

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mtl-bench-").FullName;
        try
        {
            using var storage = ServerStorage.Open(folder).Value;
            var definition = new ExperimentDefinition("benchmark", new DataDefinition { Path = "none.csv" }, []);
            _ = (await storage.Experiments.AddAsync(new Experiment("e", definition.Name, definition, default, default, false, 0))).Value;

            Console.WriteLine("points per batch   points/s   ms per batch   points per CPU second");
            foreach (var size in BatchSizes)
                await WriteAsync(storage, definition, size);

            var largest = RunId(BatchSizes[^1]);
            var (history, historyTime) = await TimedAsync(() => storage.Metrics.HistoryAsync(largest));
            var (_, latestTime) = await TimedAsync(() => storage.Metrics.LatestAsync([largest]));
            Print($"history of {MostPoints:N0} points, thinned to {history.Sum(series => series.Value.Count):N0}: {historyTime.TotalMilliseconds:N0} ms; latest values: {latestTime.TotalMilliseconds:0.0} ms");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(ServerStorage storage, ExperimentDefinition definition, int size)
    {
        var id = RunId(size);
        _ = (await storage.Runs.AddAsync(new Run(id, "e", id, RunKind.MultiTask, definition, default))).Value;
        var total = Math.Min(MostPoints, size * BatchesPerSize);
        var started = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        for (var first = 0; first < total; first += size)
        {
            await storage.Metrics.AppendAsync(id, [.. Enumerable.Range(first, size)
                .Select(i => new MetricPoint($"task{i % Keys}/train_loss", (i / Keys) + 1, Math.Sin(i), DateTimeOffset.UnixEpoch.AddMilliseconds(i)))]);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        Print($"{size,16:N0} {total / seconds,10:N0} {seconds * 1000 * size / total,14:0.00} {total / processorSeconds,23:N0}");
    }

    private static async Task<(T Value, TimeSpan Time)> TimedAsync<T>(Func<Task<T>> action)
    {
        var started = Stopwatch.GetTimestamp();
        return (await action(), Stopwatch.GetElapsedTime(started));
    }

    private static string RunId(int size) => $"batches-of-{size}";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
