using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;

namespace Mtl.Api.Mlflow;

internal static class RegisteredModelRoutes
{
    private const int MostFound = 1000;
    private const int Found = 100;

    private static readonly Field Name = Field.Required("name");

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new("POST", "registered-models/create", [Name, Field.Pairs("tags"), Field.Text("description")], async call => One(await call.Use<IModelRegistration>()
            .CreateAsync(call.Fields.Text("name"), call.Fields.Text("description"), call.Fields.Pairs("tags"), call.Cancellation))),
        new("GET", "registered-models/get", [Name], async call => One(await call.Use<IModelRegistration>().GetAsync(call.Fields.Text("name"), call.Cancellation))),
        new("POST", "registered-models/rename", [Name, Field.Required("new_name")], async call => One(await call.Use<IModelRegistration>()
            .RenameAsync(call.Fields.Text("name"), call.Fields.Text("new_name"), call.Cancellation))),
        new("PATCH", "registered-models/update", [Name, Field.Text("description")], async call => One(await call.Use<IModelRegistration>()
            .DescribeAsync(call.Fields.Text("name"), call.Fields.Text("description"), call.Cancellation))),
        new("DELETE", "registered-models/delete", [Name], async call => ExperimentRoutes.Empty(await call.Use<IModelRegistration>().DeleteAsync(call.Fields.Text("name"), call.Cancellation))),
        new("GET", "registered-models/search", [Field.Text("filter"), Field.Integer("max_results", 1, MostFound), Field.Texts("order_by"), Field.Text("page_token")], SearchAsync),
        new("GET POST", "registered-models/get-latest-versions", [Name, Field.Texts("stages")], async call => (await call.Use<IModelRegistration>()
            .LatestAsync(call.Fields.Text("name"), call.Fields.Texts("stages"), call.Cancellation)).Map<object>(versions => new ModelVersionPage(MlflowJson.Some(versions.Select(ModelVersionMessage.Of)), null))),
        new("POST", "registered-models/set-tag", [Name, Field.Required("key"), Field.Text("value")], async call => ExperimentRoutes.Empty(await call.Use<IModelRegistration>()
            .SetTagAsync(call.Fields.Text("name"), call.Fields.Text("key"), call.Fields.Text("value"), call.Cancellation))),
        new("DELETE", "registered-models/delete-tag", [Name, Field.Required("key")], async call => ExperimentRoutes.Empty(await call.Use<IModelRegistration>()
            .DeleteTagAsync(call.Fields.Text("name"), call.Fields.Text("key"), call.Cancellation))),
        new("POST", "registered-models/alias", [Name, Field.Required("alias"), ModelVersionRoutes.Version], SetAliasAsync),
        new("DELETE", "registered-models/alias", [Name, Field.Required("alias")], async call => ExperimentRoutes.Empty(await call.Use<IModelRegistration>()
            .DeleteAliasAsync(call.Fields.Text("name"), call.Fields.Text("alias"), call.Cancellation))),
        new("GET", "registered-models/alias", [Name, Field.Required("alias")], async call => ModelVersionRoutes.One(await call.Use<IModelRegistration>()
            .GetByAliasAsync(call.Fields.Text("name"), call.Fields.Text("alias"), call.Cancellation))),
    ];

    private static async Task<Result<object>> SearchAsync(MlflowCall call)
    {
        var request = new SearchRequest(call.Fields.Text("filter"), call.Fields.Texts("order_by"), (int)call.Fields.Integer("max_results", Found), call.Fields.Text("page_token"));
        return (await call.Use<IModelRegistration>().SearchAsync(request, call.Cancellation))
            .Map<object>(found => new RegisteredModelPage(MlflowJson.Some(found.Items.Select(RegisteredModelMessage.Of)), found.NextToken));
    }

    private static Task<Result<object>> SetAliasAsync(MlflowCall call) => ModelVersionRoutes.WithVersionAsync(call, async version => ExperimentRoutes.Empty(await call.Use<IModelRegistration>()
        .SetAliasAsync(call.Fields.Text("name"), call.Fields.Text("alias"), version, call.Cancellation)));

    private static Result<object> One(Result<RegisteredModelDetails> result) => result.Map<object>(details => new RegisteredModelAnswer(RegisteredModelMessage.Of(details)));

    private sealed record RegisteredModelAnswer(RegisteredModelMessage RegisteredModel);

    private sealed record RegisteredModelPage(IReadOnlyList<RegisteredModelMessage>? RegisteredModels, string? NextPageToken);
}
