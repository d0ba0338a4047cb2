using System.Globalization;
using Mtl.Testing.Load;

namespace Mtl.Benchmarks.Tracking;

/// <summary>20 clients at once, each logging batches of 100 metrics over HTTP for 30 s, while a page of one of the runs is open; then everything is read back and compared.</summary>
internal static class WritingBenchmark
{
    private const int Writers = 20;
    private const double LeastPointsPerSecond = 20_000;
    private const double MostMilliseconds = 250;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    /// <summary>Few long histories, and many short ones.</summary>
    private static readonly BatchShape[] Shapes = [new(Keys: 10, Steps: 10), new(Keys: 100, Steps: 1)];

    /// <returns>Whether all limits were kept.</returns>
    public static async Task<bool> RunAsync(string storeName)
    {
        var isKept = true;
        Console.WriteLine($"{storeName}: {Writers} writers, batches of 100 metrics, {Duration.TotalSeconds} s");
        Console.WriteLine("keys × steps   metrics/s   requests/s   p50, ms   p99, ms   live updates   longest gap, ms   server CPU   memory, MB (peak)   read back");
        foreach (var shape in Shapes)
        {
            await using var store = await BenchStore.OpenAsync(storeName);
            await using var server = await BenchServer.StartAsync(store.DataFolder, store.Connection);
            using var client = new MlflowClient(server.Address);
            await LoadAsync(client, "warm-up", shape, WarmUp, null);
            var processor = server.ProcessorTime;
            var page = default(LivePage);
            var report = await LoadAsync(client, "measured", shape, Duration, run => page = LivePage.Open(server.Address, run));
            processor = server.ProcessorTime - processor;
            var memory = (Now: server.Megabytes, Peak: server.PeakMegabytes);
            await page!.DisposeAsync();
            var found = await report.ReadBackAsync(client);
            var isComplete = found.Points == report.Points && found.Sum == report.Sum && found.Wrong.Count == 0 && report.Refusals.Count == 0;
            isKept &= isComplete && report.PointsPerSecond >= LeastPointsPerSecond && report.Quantile(0.99) < MostMilliseconds && page.Updates > 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shape.Keys,4} × {shape.Steps,-7} {report.PointsPerSecond,10:N0} {report.Milliseconds.Count / report.Elapsed.TotalSeconds,12:N0} {report.Quantile(0.5),9:N1} {report.Quantile(0.99),9:N1} {page.Updates,14} {page.LongestGap.TotalMilliseconds,17:N0} {processor / report.Elapsed,11:P0} {memory.Now,12:N0} ({memory.Peak:N0})   {(isComplete ? $"all {found.Points:N0} points, sum {found.Sum:R}" : $"{found.Points:N0} of {report.Points:N0} points, sum {found.Sum:R} of {report.Sum:R}, {found.Missing} batches missing, {found.Wrong.Count} points wrong")}"));
            foreach (var (answer, count) in report.Refusals.Take(5))
                Console.WriteLine($"  {count} × {answer}");
        }

        return isKept;
    }

    private static async Task<LoadReport> LoadAsync(MlflowClient client, string name, BatchShape shape, TimeSpan duration, Action<string>? watch)
    {
        var experiment = await client.CreateExperimentAsync(name);
        var runs = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => client.CreateRunAsync(experiment, $"writer {writer}")));
        watch?.Invoke(runs[0]);
        using var enough = new CancellationTokenSource(duration);
        return await new BatchLoad(client, runs, shape, isPersistent: true).RunAsync(enough.Token);
    }
}
