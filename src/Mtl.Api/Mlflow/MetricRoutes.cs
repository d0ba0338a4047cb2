using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.Metrics;

namespace Mtl.Api.Mlflow;

internal static class MetricRoutes
{
    private const int MostPerPage = 25_000;
    private const int MostRuns = 100;
    private const int MostPerRun = 2500;
    private const int PerRun = 320;

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new("GET", "metrics/get-history", [Field.Run, Field.Required("metric_key"), Field.Text("page_token"), Field.Integer("max_results", 1, MostPerPage)], HistoryAsync),
        new("GET", "metrics/get-history-bulk", [Field.Texts("run_id").Needed(), Field.Required("metric_key"), Field.Integer("max_results", 1, MostPerPage)], BulkAsync),
        new(
            "GET",
            "metrics/get-history-bulk-interval",
            [
                Field.Texts("run_ids").Needed(), Field.Required("metric_key"), Field.Integer("start_step"), Field.Integer("end_step"), Field.Integer("max_results", 1, MostPerRun),
            ],
            IntervalAsync),
    ];

    private static async Task<Result<object>> HistoryAsync(MlflowCall call)
    {
        var (run, key, token) = (call.Fields.RunId, call.Fields.Text("metric_key"), call.Fields.Text("page_token"));
        if (call.Fields.OptionalInteger("max_results") is not { } limit)
            return (await call.Use<IMetricHistories>().AllAsync(run, key, token, call.Cancellation)).Map<object>(points => new StreamedHistory(points));
        var page = await call.Use<IMetricHistories>().PageAsync(run, key, (int)limit, token, call.Cancellation);
        return page.Map<object>(found => new MetricPage(MlflowJson.Some(found.Points.Select(point => MetricMessage.Of(point))), found.NextToken));
    }

    private static async Task<Result<object>> BulkAsync(MlflowCall call)
    {
        var runs = call.Fields.Texts("run_id");
        if (runs.Count > MostRuns)
            return Error.Invalid($"GetMetricHistoryBulk request cannot specify more than {MostRuns} run_ids. Received {runs.Count} run_ids.", field: "run_id");
        return Many(await call.Use<IMetricHistories>().BulkAsync(runs, call.Fields.Text("metric_key"), (int)call.Fields.Integer("max_results", MostPerPage), call.Cancellation));
    }

    private static async Task<Result<object>> IntervalAsync(MlflowCall call)
    {
        var runs = call.Fields.Texts("run_ids");
        if (runs.Count > MostRuns)
            return Error.Invalid($"GetMetricHistoryBulkInterval request must specify at most {MostRuns} run_ids. Received {runs.Count} run_ids.", field: "run_ids");
        return Many(await call.Use<IMetricHistories>().IntervalAsync(
            runs, call.Fields.Text("metric_key"), call.Fields.OptionalInteger("start_step"), call.Fields.OptionalInteger("end_step"), (int)call.Fields.Integer("max_results", PerRun), call.Cancellation));
    }

    private static Result<object> Many(Result<IReadOnlyList<(string RunId, MetricPoint Point)>> result) =>
        result.Map<object>(points => new MetricPage(MlflowJson.Some(points.Select(point => MetricMessage.Of(point.Point, point.RunId))), null));

    private sealed record MetricPage(IReadOnlyList<MetricMessage>? Metrics, string? NextPageToken);

    /// <summary>A whole history, written as it is read: it may be of millions of points.</summary>
    private sealed class StreamedHistory(IAsyncEnumerable<MetricPoint> points) : IResult
    {
        private const int FlushAt = 1 << 16;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var cancellation = httpContext.RequestAborted;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter);
            writer.WriteStartObject();
            writer.WriteStartArray("metrics");
            await foreach (var point in points.WithCancellation(cancellation))
            {
                JsonSerializer.Serialize(writer, MetricMessage.Of(point), MlflowJson.Options);
                if (writer.BytesPending < FlushAt)
                    continue;
                await writer.FlushAsync(cancellation);
                await httpContext.Response.BodyWriter.FlushAsync(cancellation);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            await writer.FlushAsync(cancellation);
        }
    }
}
