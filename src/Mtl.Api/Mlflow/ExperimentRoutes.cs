using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Api.Mlflow;

internal static class ExperimentRoutes
{
    private const int MostListed = 50_000;
    private const int Listed = 1000;

    private static readonly Field Id = Field.Required("experiment_id");

    private static readonly Field[] SearchFields =
    [
        Field.Integer("max_results", 1, MostListed), Field.Text("page_token"), Field.Text("filter"), Field.Texts("order_by"), Field.Choice("view_type", Views.Names),
    ];

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new("POST", "experiments/create", [Field.Required("name"), Field.Text("artifact_location"), Field.Pairs("tags")], CreateAsync),
        new("GET", "experiments/get", [Id], GetAsync),
        new("GET", "experiments/get-by-name", [Field.Required("experiment_name")], GetByNameAsync),
        new("GET POST", "experiments/search", SearchFields, SearchAsync),
        new("GET", "experiments/list", SearchFields, SearchAsync),
        new("POST", "experiments/update", [Id, Field.Required("new_name")], async call =>
            Empty(await call.Use<IExperimentTracking>().RenameAsync(call.Fields.Text("experiment_id"), call.Fields.Text("new_name"), call.Cancellation))),
        new("POST", "experiments/delete", [Id], async call => Empty(await call.Use<IExperimentTracking>().DeleteAsync(call.Fields.Text("experiment_id"), call.Cancellation))),
        new("POST", "experiments/restore", [Id], async call => Empty(await call.Use<IExperimentTracking>().RestoreAsync(call.Fields.Text("experiment_id"), call.Cancellation))),
        new("POST", "experiments/set-experiment-tag", [Id, Field.Required("key"), Field.Text("value")], async call =>
            Empty(await call.Use<IExperimentTracking>().SetTagAsync(call.Fields.Text("experiment_id"), call.Fields.Text("key"), call.Fields.Text("value"), call.Cancellation))),
        new("POST", "experiments/delete-experiment-tag", [Id, Field.Required("key")], async call =>
            Empty(await call.Use<IExperimentTracking>().DeleteTagAsync(call.Fields.Text("experiment_id"), call.Fields.Text("key"), call.Cancellation))),
    ];

    /// <summary>The answer without fields, or the error.</summary>
    public static Result<object> Empty<T>(Result<T> result) => result.Map<object>(_ => new EmptyMessage());

    private static async Task<Result<object>> CreateAsync(MlflowCall call) => (await call.Use<IExperimentTracking>()
        .CreateAsync(call.Fields.Text("name"), call.Fields.Text("artifact_location"), call.Fields.Pairs("tags"), call.Cancellation)).Map<object>(id => new CreatedExperiment(id));

    private static async Task<Result<object>> GetAsync(MlflowCall call) => One(await call.Use<IExperimentTracking>().GetAsync(call.Fields.Text("experiment_id"), call.Cancellation));

    private static async Task<Result<object>> GetByNameAsync(MlflowCall call) => One(await call.Use<IExperimentTracking>().GetByNameAsync(call.Fields.Text("experiment_name"), call.Cancellation));

    private static async Task<Result<object>> SearchAsync(MlflowCall call)
    {
        var request = new SearchRequest(call.Fields.Text("filter"), call.Fields.Texts("order_by"), (int)call.Fields.Integer("max_results", Listed), call.Fields.Text("page_token"));
        var page = await call.Use<IExperimentTracking>().SearchAsync(request, Views.Read(call.Fields.Text("view_type")), call.Cancellation);
        return page.Map<object>(found => new ExperimentPage(MlflowJson.Some(found.Items.Select(ExperimentMessage.Of)), found.NextToken));
    }

    private static Result<object> One(Result<TrackedExperiment> result) => result.Map<object>(tracked => new ExperimentAnswer(ExperimentMessage.Of(tracked)));

    private sealed record CreatedExperiment(string ExperimentId);

    private sealed record ExperimentAnswer(ExperimentMessage Experiment);

    private sealed record ExperimentPage(IReadOnlyList<ExperimentMessage>? Experiments, string? NextPageToken);
}

/// <summary>MLflow's views of records.</summary>
internal static class Views
{
    public static string[] Names { get; } = ["ACTIVE_ONLY", "DELETED_ONLY", "ALL"];

    public static RecordView Read(string name) => name switch
    {
        "DELETED_ONLY" => RecordView.Deleted,
        "ALL" => RecordView.All,
        _ => RecordView.Active,
    };
}
