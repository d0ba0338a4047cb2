using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Api.Mlflow;

internal static class LoggedModelRoutes
{
    private const int MostFound = 50;
    private const string MetricPrefix = "metrics.";

    private static readonly Field[] OrderBy = [Field.Required("field_name"), Field.Flag("ascending"), Field.Text("dataset_name"), Field.Text("dataset_digest")];

    private static readonly Field[] Dataset = [Field.Required("dataset_name"), Field.Text("dataset_digest")];

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new(
            "POST",
            "logged-models",
            [Field.Required("experiment_id"), Field.Text("name"), Field.Text("model_type"), Field.Text("source_run_id"), Field.Pairs("params"), Field.Pairs("tags")],
            CreateAsync),
        new(
            "POST",
            "logged-models/search",
            [
                Field.Texts("experiment_ids"), Field.Text("filter"), Field.Messages("datasets", Dataset), Field.Integer("max_results", 1, MostFound), Field.Messages("order_by", OrderBy),
                Field.Text("page_token"),
            ],
            SearchAsync),
        new("GET", "logged-models/{model_id}", [], async call => One(await call.Use<ILoggedModels>().GetAsync(call.Fields.Text("model_id"), call.Cancellation))),
        new("PATCH", "logged-models/{model_id}", [Field.Required("status")], async call => One(await call.Use<ILoggedModels>()
            .FinishAsync(call.Fields.Text("model_id"), call.Fields.Text("status"), call.Cancellation))),
        new("DELETE", "logged-models/{model_id}", [], async call => ExperimentRoutes.Empty(await call.Use<ILoggedModels>().DeleteAsync(call.Fields.Text("model_id"), call.Cancellation))),
        new("POST", "logged-models/{model_id}/params", [Field.Pairs("params")], async call => ExperimentRoutes.Empty(await call.Use<ILoggedModels>()
            .LogParametersAsync(call.Fields.Text("model_id"), ParametersOf(call.Fields), call.Cancellation))),
        new("PATCH", "logged-models/{model_id}/tags", [Field.Pairs("tags")], async call => One(await call.Use<ILoggedModels>()
            .SetTagsAsync(call.Fields.Text("model_id"), call.Fields.Pairs("tags"), call.Cancellation))),
        new("DELETE", "logged-models/{model_id}/tags/{tag_key}", [], async call => ExperimentRoutes.Empty(await call.Use<ILoggedModels>()
            .DeleteTagAsync(call.Fields.Text("model_id"), call.Fields.Text("tag_key"), call.Cancellation))),
        new("GET", "logged-models/{model_id}/artifacts/directories", [Field.Text("artifact_directory_path"), Field.Text("page_token")], ListAsync),
    ];

    private static async Task<Result<object>> CreateAsync(MlflowCall call) => One(await call.Use<ILoggedModels>().CreateAsync(
        new NewLoggedModel(
            call.Fields.Text("experiment_id"),
            call.Fields.Text("name"),
            call.Fields.Text("model_type"),
            call.Fields.Text("source_run_id"),
            ParametersOf(call.Fields),
            call.Fields.Pairs("tags")),
        call.Cancellation));

    private static async Task<Result<object>> SearchAsync(MlflowCall call)
    {
        var terms = call.Fields.Children("order_by");
        string[] order = [.. terms.Select(term => $"{Quoted(term.Text("field_name"))} {(term.Flag("ascending") == false ? "DESC" : "ASC")}")];
        var request = new SearchRequest(call.Fields.Text("filter"), order, (int)call.Fields.Integer("max_results", MostFound), call.Fields.Text("page_token"))
        {
            Datasets = [.. call.Fields.Children("datasets").Select(DatasetOf).OfType<DatasetFilter>()],
            OrderDatasets = [.. terms.Select(DatasetOf)],
        };
        return (await call.Use<ILoggedModels>().SearchAsync([.. call.Fields.Texts("experiment_ids")], request, call.Cancellation))
            .Map<object>(found => new LoggedModelPage(MlflowJson.Some(found.Items.Select(LoggedModelMessage.Of)), found.NextToken));
    }

    /// <summary>A metric's name in an order stands as it is, and may hold what ends a word in the grammar.</summary>
    private static string Quoted(string field) =>
        field.StartsWith(MetricPrefix, StringComparison.Ordinal) && field[MetricPrefix.Length..] is var key && !key.Contains('`', StringComparison.Ordinal) ? $"{MetricPrefix}`{key}`" : field;

    private static DatasetFilter? DatasetOf(Message fields) => fields.Text("dataset_name") is { Length: > 0 } name ? new DatasetFilter(name, fields.Text("dataset_digest")) : null;

    private static async Task<Result<object>> ListAsync(MlflowCall call) =>
        (await call.Use<IArtifactTracking>().ListOfModelAsync(call.Fields.Text("model_id"), call.Fields.Text("artifact_directory_path"), call.Cancellation)).Map(ArtifactRoutes.Listing);

    private static IReadOnlyList<KeyValuePair<string, string>> ParametersOf(Message fields) =>
        [.. fields.Children("params").Select(pair => KeyValuePair.Create(pair.Text("key"), pair.Text("value")))];

    private static Result<object> One(Result<TrackedModel> result) => result.Map<object>(tracked => new LoggedModelAnswer(LoggedModelMessage.Of(tracked)));

    private sealed record LoggedModelAnswer(LoggedModelMessage Model);

    private sealed record LoggedModelPage(IReadOnlyList<LoggedModelMessage>? Models, string? NextPageToken);
}
