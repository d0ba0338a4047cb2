using Mtl.Core.Definitions;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Storage.Tests;

/// <summary>Numbered batches of metric points on one run, for the tests that tear a database: each batch must be there whole or not at all.</summary>
internal static class MetricBatches
{
    public const string RunId = "r";
    public const int PointsPerBatch = 60;
    private const int Keys = 3;

    public static async Task PrepareAsync(ServerStorage storage)
    {
        var definition = new ExperimentDefinition("Adult", new DataDefinition { Path = "adult.csv" }, [new TaskDefinition("income", "income", TaskKind.Binary)]);
        _ = (await storage.Experiments.AddAsync(new Experiment("e", definition.Name, definition, default, default, false, 0))).Value;
        _ = (await storage.Runs.AddAsync(new Run(RunId, "e", "run", RunKind.MultiTask, definition, default))).Value;
    }

    public static Task WriteAsync(ServerStorage storage, int batch) => storage.Metrics.AppendAsync(RunId, [.. Enumerable.Range(0, PointsPerBatch)
        .Select(i => new MetricPoint($"task{i % Keys}/loss", ((long)batch * PointsPerBatch) + i, Math.Sin((batch * PointsPerBatch) + i), default))]);

    /// <summary>How many batches are there; fails when one of them is not whole or holds a wrong value.</summary>
    public static async Task<int> CountAsync(ServerStorage storage)
    {
        var points = (await storage.Metrics.HistoryAsync(RunId, afterStep: -1, maximumPoints: int.MaxValue)).Values.SelectMany(series => series).ToArray();
        points.ShouldAllBe(point => point.Value == Math.Sin(point.Step));
        points.Select(point => point.Step).Order().ShouldBe(Enumerable.Range(0, points.Length).Select(step => (long)step));
        (points.Length % PointsPerBatch).ShouldBe(0);
        return points.Length / PointsPerBatch;
    }
}
