using System.Diagnostics.Metrics;

namespace Mtl.Serving;

/// <summary>What served models do, as meters; the tag <c>model</c> is the model's name and version.</summary>
internal static class ServingMeter
{
    private static readonly Meter Meter = new("Mtl.Serving");

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("mtl.predictions", "{request}", "Requests that models have answered; those whose run broke have outcome=failed.");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("mtl.prediction.rows", "{row}", "Rows of the answered requests.");

    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>("mtl.prediction.waiting", "{row}", "Rows that wait for their model.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "mtl.prediction.duration",
        "s",
        "Time of a model's run over one batch.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });

    /// <summary>Rows that have come to wait, or, negative, that wait no longer.</summary>
    public static void Wait(string model, int rows) => Waiting.Add(rows, new KeyValuePair<string, object?>("model", model));

    public static void Answered(string model, int requests, int rows, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("model", model);
        Requests.Add(requests, tag, new KeyValuePair<string, object?>("outcome", "answered"));
        Rows.Add(rows, tag);
        Duration.Record(duration.TotalSeconds, tag);
    }

    public static void Failed(string model, int requests) =>
        Requests.Add(requests, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("outcome", "failed"));
}
