using System.Globalization;
using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;

namespace Mtl.Api.Mlflow;

internal static class ModelVersionRoutes
{
    private const int MostFound = 200_000;
    private const int Found = 10_000;

    private static readonly Field Name = Field.Required("name");

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new(
            "POST",
            "model-versions/create",
            [Name, Field.Required("source"), Field.Text("run_id"), Field.Pairs("tags"), Field.Text("run_link"), Field.Text("description"), Field.Text("model_id")],
            CreateAsync),
        new("GET", "model-versions/get", [Name, Version], call => WithVersionAsync(call, async version => One(await call.Use<IModelRegistration>()
            .GetVersionAsync(call.Fields.Text("name"), version, call.Cancellation)))),
        new("PATCH", "model-versions/update", [Name, Version, Field.Text("description")], call => WithVersionAsync(call, async version => One(await call.Use<IModelRegistration>()
            .DescribeVersionAsync(call.Fields.Text("name"), version, call.Fields.Text("description"), call.Cancellation)))),
        new("POST", "model-versions/transition-stage", [Name, Version, Field.Required("stage"), Field.Flag("archive_existing_versions")], call => WithVersionAsync(call, async version =>
            One(await call.Use<IModelRegistration>().MoveAsync(
                call.Fields.Text("name"), version, call.Fields.Text("stage"), call.Fields.Flag("archive_existing_versions") == true, call.Cancellation)))),
        new("DELETE", "model-versions/delete", [Name, Version], call => WithVersionAsync(call, async version => ExperimentRoutes.Empty(await call.Use<IModelRegistration>()
            .DeleteVersionAsync(call.Fields.Text("name"), version, call.Cancellation)))),
        new("GET", "model-versions/search", [Field.Text("filter"), Field.Integer("max_results", 1, MostFound), Field.Texts("order_by"), Field.Text("page_token")], SearchAsync),
        new("GET", "model-versions/get-download-uri", [Name, Version], call => WithVersionAsync(call, async version => (await call.Use<IModelRegistration>()
            .DownloadUriAsync(call.Fields.Text("name"), version, call.Cancellation)).Map<object>(uri => new DownloadUri(uri)))),
        new("POST", "model-versions/set-tag", [Name, Version, Field.Required("key"), Field.Text("value")], call => WithVersionAsync(call, async version =>
            ExperimentRoutes.Empty(await call.Use<IModelRegistration>().SetVersionTagAsync(call.Fields.Text("name"), version, call.Fields.Text("key"), call.Fields.Text("value"), call.Cancellation)))),
        new("DELETE", "model-versions/delete-tag", [Name, Version, Field.Required("key")], call => WithVersionAsync(call, async version =>
            ExperimentRoutes.Empty(await call.Use<IModelRegistration>().DeleteVersionTagAsync(call.Fields.Text("name"), version, call.Fields.Text("key"), call.Cancellation)))),
    ];

    /// <summary>A version's number, as a text.</summary>
    public static Field Version => Field.Required("version");

    /// <summary>Answers with the request's version as a number, or says that it is none.</summary>
    public static async Task<Result<object>> WithVersionAsync(MlflowCall call, Func<int, Task<Result<object>>> answer)
    {
        var text = call.Fields.Text("version");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? await answer(version)
            : Error.Invalid($"Model version must be an integer, got '{text[..Math.Min(text.Length, 100)]}'", field: "version");
    }

    public static Result<object> One(Result<VersionDetails> result) => result.Map<object>(details => new ModelVersionAnswer(ModelVersionMessage.Of(details)));

    private static async Task<Result<object>> CreateAsync(MlflowCall call) => One(await call.Use<IModelRegistration>().CreateVersionAsync(
        new NewVersion(
            call.Fields.Text("name"),
            call.Fields.Text("source"),
            call.Fields.Text("run_id"),
            call.Fields.Text("run_link"),
            call.Fields.Text("model_id"),
            call.Fields.Text("description"),
            call.Fields.Pairs("tags")),
        call.Cancellation));

    private static async Task<Result<object>> SearchAsync(MlflowCall call)
    {
        var request = new SearchRequest(call.Fields.Text("filter"), call.Fields.Texts("order_by"), (int)call.Fields.Integer("max_results", Found), call.Fields.Text("page_token"));
        return (await call.Use<IModelRegistration>().SearchVersionsAsync(request, call.Cancellation))
            .Map<object>(found => new ModelVersionPage(MlflowJson.Some(found.Items.Select(ModelVersionMessage.Of)), found.NextToken));
    }

    private sealed record ModelVersionAnswer(ModelVersionMessage ModelVersion);

    private sealed record DownloadUri(string ArtifactUri);
}

internal sealed record ModelVersionPage(IReadOnlyList<ModelVersionMessage>? ModelVersions, string? NextPageToken);
