using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mtl.Storage;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Benchmarks.Tracking;

/// <summary>A metric of a million points, read over HTTP as a chart of 1,000 points reads it.</summary>
internal static class HistoryBenchmark
{
    private const string Run = "00000000000000000000000000000001";
    private const int Points = 1_000_000;
    private const int PointsPerBatch = 20_000;
    private const int ChartPoints = 1_000;
    private const int Reads = 50;
    private const double MostMilliseconds = 100;

    /// <returns>Whether all limits were kept.</returns>
    public static async Task<bool> RunAsync(string storeName)
    {
        await using var store = await BenchStore.OpenAsync(storeName);
        await LoadAsync(store);
        await using var server = await BenchServer.StartAsync(store.DataFolder, store.Connection);
        using var http = new HttpClient { BaseAddress = server.Address };
        var (cold, times) = (new Times(), new Times());
        var points = await cold.OfAsync(() => ReadAsync(http));
        for (var read = 0; read < Reads; read++)
            await times.OfAsync(() => ReadAsync(http));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{storeName}: {Points:N0} points read as {points:N0}: p50 {times.Quantile(0.5):N1} ms, p95 {times.Quantile(0.95):N1} ms (the first, of a server just started, {cold.Quantile(1):N1} ms); memory of the server {server.Megabytes:N0} MB (peak {server.PeakMegabytes:N0})"));
        return points <= ChartPoints && times.Quantile(0.95) < MostMilliseconds;
    }

    private static async Task<int> ReadAsync(HttpClient http)
    {
        await using var stream = await http.GetStreamAsync($"/api/v1/runs/{Run}/metrics?maximumPoints={ChartPoints}");
        using var histories = await JsonDocument.ParseAsync(stream);
        return histories.RootElement.EnumerateObject().Single().Value.GetArrayLength();
    }

    private static async Task LoadAsync(BenchStore store)
    {
        using var storage = ServerStorage.Open(store.DataFolder, store.Connection).Value;
        _ = (await storage.Experiments.AddAsync(new Experiment("bench", "Long history", null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false, 0))).Value;
        _ = (await storage.Runs.AddAsync(new Run(Run, "bench", "long", RunKind.Tracked, null, DateTimeOffset.UnixEpoch) { Status = RunStatus.Running, StartedAt = DateTimeOffset.UnixEpoch })).Value;
        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < Points; first += PointsPerBatch)
        {
            await storage.Metrics.AppendAsync(Run, [.. Enumerable.Range(first, PointsPerBatch)
                .Select(step => new MetricPoint("loss", step, Math.Sin(step * 1e-3) + (1.0 / (1 + (step % 977))), DateTimeOffset.UnixEpoch.AddMilliseconds(step)))]);
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        await store.SettleAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Name}: {Points:N0} points of one metric written in {elapsed.TotalSeconds:N1} s"));
    }
}
