using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Api.Mlflow;

internal static class RunRoutes
{
    private const int LargestBatch = 1_000_000;
    private const int MostFound = 50_000;
    private const int Found = 1000;

    /// <summary>The last millisecond that a time can be of, at the end of the year 9999.</summary>
    private const long LastTime = 253_402_300_799_999;

    private static readonly Field Key = Field.Required("key");

    private static readonly Field Status = Field.Choice("status", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");

    private static readonly Field Timestamp = Field.Integer("timestamp", 0, LastTime);

    private static readonly Field ModelId = Field.Required("model_id");

    private static readonly Field[] Metric =
    [
        Key, Field.Number("value").Needed(), Timestamp.Needed(), Field.Integer("step"), Field.Text("model_id"), Field.Text("dataset_name"), Field.Text("dataset_digest"),
    ];

    /// <summary>Of a search that names none, as MLflow has it.</summary>
    private static readonly string[] UsualOrder = ["attributes.start_time DESC"];

    private static readonly Field[] DatasetInput =
    [
        Field.Pairs("tags"),
        Field.Message(
            "dataset",
            Field.Required("name"), Field.Required("digest"), Field.Required("source_type"), Field.Required("source"), Field.Text("schema"), Field.Text("profile")).Needed(),
    ];

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new("POST", "runs/create", [Field.Text("experiment_id"), Field.Text("user_id"), Field.Text("run_name"), Field.Integer("start_time", 0, LastTime), Field.Pairs("tags")], CreateAsync),
        new("GET", "runs/get", [Field.Run], async call => One(await call.Use<IRunTracking>().GetAsync(call.Fields.RunId, call.Cancellation))),
        new("POST", "runs/update", [Field.Run, Status, Field.Integer("end_time", 0, LastTime), Field.Text("run_name")], UpdateAsync),
        new("POST", "runs/delete", [Field.Run], async call => ExperimentRoutes.Empty(await call.Use<IRunTracking>().DeleteAsync(call.Fields.RunId, call.Cancellation))),
        new("POST", "runs/restore", [Field.Run], async call => ExperimentRoutes.Empty(await call.Use<IRunTracking>().RestoreAsync(call.Fields.RunId, call.Cancellation))),
        new(
            "POST",
            "runs/search",
            [
                Field.Texts("experiment_ids"), Field.Text("filter"), Field.Choice("run_view_type", Views.Names), Field.Integer("max_results", 1, MostFound), Field.Texts("order_by"),
                Field.Text("page_token"),
            ],
            SearchAsync),
        new("POST", "runs/log-metric", [Field.Run, .. Metric], LogMetricAsync),
        new("POST", "runs/log-parameter", [Field.Run, Key, Field.Text("value")], LogParameterAsync),
        new(
            "POST",
            "runs/log-batch",
            [Field.Run, Field.Messages("metrics", Metric), Field.Pairs("params"), Field.Pairs("tags")],
            LogBatchAsync) { LargestBody = LargestBatch },
        new("POST", "runs/set-tag", [Field.Run, Key, Field.Text("value")], SetTagAsync),
        new("POST", "runs/delete-tag", [Field.Run, Key], async call =>
            ExperimentRoutes.Empty(await call.Use<IRunTracking>().DeleteTagAsync(call.Fields.RunId, call.Fields.Text("key"), call.Cancellation))),
        new("POST", "runs/log-model", [Field.Run, Field.Required("model_json")], async call =>
            ExperimentRoutes.Empty(await call.Use<IRunTracking>().LogModelAsync(call.Fields.RunId, call.Fields.Text("model_json"), call.Cancellation))),
        new("POST", "runs/log-inputs", [Field.Run, Field.Messages("datasets", DatasetInput), Field.Messages("models", ModelId)], LogInputsAsync),
        new("POST", "runs/outputs", [Field.Run, Field.Messages("models", ModelId, Field.Integer("step"))], LogOutputsAsync),
    ];

    private static async Task<Result<object>> CreateAsync(MlflowCall call)
    {
        var run = new NewRun(
            call.Fields.Text("experiment_id"), call.Fields.Text("run_name"), call.Fields.Text("user_id"), TimeOf(call.Fields.OptionalInteger("start_time")), PairsOf(call.Fields, "tags"));
        return One(await call.Use<IRunTracking>().CreateAsync(run, call.Cancellation));
    }

    private static async Task<Result<object>> UpdateAsync(MlflowCall call)
    {
        var status = call.Fields.OptionalText("status") is { } word ? ProtocolStatus.Of(word) : null;
        var change = new RunChange(status, TimeOf(call.Fields.OptionalInteger("end_time")), call.Fields.OptionalText("run_name"));
        return (await call.Use<IRunTracking>().UpdateAsync(call.Fields.RunId, change, call.Cancellation)).Map<object>(run => new RunInfoAnswer(RunInfoMessage.Of(run)));
    }

    private static async Task<Result<object>> SearchAsync(MlflowCall call)
    {
        var order = call.Fields.Texts("order_by");
        var request = new SearchRequest(call.Fields.Text("filter"), order.Count > 0 ? order : UsualOrder, (int)call.Fields.Integer("max_results", Found), call.Fields.Text("page_token"));
        var page = await call.Use<IRunTracking>().SearchAsync([.. call.Fields.Texts("experiment_ids")], request, Views.Read(call.Fields.Text("run_view_type")), call.Cancellation);
        return page.Map<object>(found => new RunPage(MlflowJson.Some(found.Items.Select(RunMessage.Of)), found.NextToken));
    }

    private static Task<Result<object>> LogMetricAsync(MlflowCall call) => LogAsync(call, LogOf(call, [call.Fields], [], []));

    private static Task<Result<object>> LogParameterAsync(MlflowCall call) => LogAsync(call, new RunLog([], [new(call.Fields.Text("key"), call.Fields.Text("value"))], []));

    private static Task<Result<object>> SetTagAsync(MlflowCall call) => LogAsync(call, new RunLog([], [], [new(call.Fields.Text("key"), call.Fields.Text("value"))]));

    private static Task<Result<object>> LogBatchAsync(MlflowCall call) =>
        LogAsync(call, LogOf(call, call.Fields.Children("metrics"), PairsOf(call.Fields, "params"), PairsOf(call.Fields, "tags")));

    private static RunLog LogOf(MlflowCall call, IReadOnlyList<Message> metrics, IReadOnlyList<KeyValuePair<string, string>> parameters, IReadOnlyList<KeyValuePair<string, string>> tags) =>
        new([.. metrics.Select(PointOf)], parameters, tags)
        {
            ModelMetrics =
            [
                .. metrics.Where(metric => metric.Text("model_id").Length > 0)
                    .Select(metric => new ModelMetric(metric.Text("model_id"), call.Fields.RunId, PointOf(metric), metric.Text("dataset_name"), metric.Text("dataset_digest"))),
            ],
        };

    private static async Task<Result<object>> LogAsync(MlflowCall call, RunLog log) => ExperimentRoutes.Empty(await call.Use<IRunTracking>().LogAsync(call.Fields.RunId, log, call.Cancellation));

    private static async Task<Result<object>> LogInputsAsync(MlflowCall call)
    {
        var datasets = call.Fields.Children("datasets").Select(input => (Dataset: input.Child("dataset")!, Tags: input.Pairs("tags"))).Select(input => new DatasetInput(
            input.Dataset.Text("name"),
            input.Dataset.Text("digest"),
            input.Dataset.Text("source_type"),
            input.Dataset.Text("source"),
            input.Dataset.Text("schema"),
            input.Dataset.Text("profile"),
            input.Tags));
        return ExperimentRoutes.Empty(await call.Use<IRunTracking>().LogInputsAsync(call.Fields.RunId, [.. datasets], LinksOf(call.Fields), call.Cancellation));
    }

    private static async Task<Result<object>> LogOutputsAsync(MlflowCall call) =>
        ExperimentRoutes.Empty(await call.Use<IRunTracking>().LogOutputsAsync(call.Fields.RunId, LinksOf(call.Fields), call.Cancellation));

    private static IReadOnlyList<ModelLink> LinksOf(Message fields) => [.. fields.Children("models").Select(model => new ModelLink(model.Text("model_id"), model.Integer("step")))];

    private static MetricPoint PointOf(Message fields) =>
        new(fields.Text("key"), fields.Integer("step"), fields.Number("value"), DateTimeOffset.FromUnixTimeMilliseconds(fields.Integer("timestamp")));

    /// <summary>As sent, keys that are sent twice included: whether that is allowed is the use case's to say.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> PairsOf(Message fields, string name) =>
        [.. fields.Children(name).Select(pair => KeyValuePair.Create(pair.Text("key"), pair.Text("value")))];

    private static DateTimeOffset? TimeOf(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    private static Result<object> One(Result<TrackedRun> result) => result.Map<object>(tracked => new RunAnswer(RunMessage.Of(tracked)));

    private sealed record RunAnswer(RunMessage Run);

    private sealed record RunInfoAnswer(RunInfoMessage RunInfo);

    private sealed record RunPage(IReadOnlyList<RunMessage>? Runs, string? NextPageToken);
}
