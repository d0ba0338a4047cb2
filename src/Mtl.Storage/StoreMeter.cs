using System.Diagnostics.Metrics;

namespace Mtl.Storage;

/// <summary>What the store does, as meters.</summary>
internal static class StoreMeter
{
    private static readonly Meter Meter = new("Mtl.Storage");

    private static readonly Counter<long> Points = Meter.CreateCounter<long>("mtl.metric_points.written", "{point}", "Metric points written; repeated ones that were dropped count too.");

    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>("mtl.store.writes.waiting", null, "Writes that wait for their turn or their commit.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "mtl.store.write.duration",
        "s",
        "Time of a transaction from its begin to its commit on disk.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    private static readonly Histogram<int> Batch = Meter.CreateHistogram(
        "mtl.store.write.batch",
        null,
        "Writes that one commit brought to disk.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });

    public static void PointsWritten(int count) => Points.Add(count);

    /// <summary>Writes that have come to wait, or, negative, that wait no longer.</summary>
    public static void Wait(int writes) => Waiting.Add(writes);

    public static void Committed(int writes, TimeSpan duration)
    {
        Batch.Record(writes);
        Duration.Record(duration.TotalSeconds);
    }
}
