using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests;

[Collection(ServerCollection.Name)]
public sealed class OpenApiTests(RunningServer server)
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task The_document_names_every_route()
    {
        var document = await server.SendAsync("GET", "/openapi/v1.json");

        document.Status.ShouldBe(HttpStatusCode.OK);
        ((string)document.Json["openapi"]!).ShouldStartWith("3.");
        document.Json["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(operation => Methods.Contains(operation.Key)).Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))
            .ShouldBe(Routes, ignoreOrder: true);
    }

    private static readonly string[] Routes =
    [
        "GET /api/v1/methods",
        "GET /api/v1/datasets", "POST /api/v1/datasets", "POST /api/v1/datasets/from-path",
        "GET /api/v1/datasets/{id}", "GET /api/v1/datasets/{id}/profile", "DELETE /api/v1/datasets/{id}",
        "GET /api/v1/experiments", "POST /api/v1/experiments",
        "GET /api/v1/experiments/{id}", "PUT /api/v1/experiments/{id}", "DELETE /api/v1/experiments/{id}", "POST /api/v1/experiments/{id}/runs",
        "GET /api/v1/runs", "GET /api/v1/runs/{id}", "POST /api/v1/runs/{id}/pause", "POST /api/v1/runs/{id}/resume", "POST /api/v1/runs/{id}/cancel",
        "GET /api/v1/runs/{id}/metrics", "GET /api/v1/runs/{id}/log", "GET /api/v1/runs/{id}/events",
        "GET /api/v1/runs/{id}/artifacts", "GET /api/v1/runs/{id}/artifacts/{path}", "GET /api/v1/runs/{id}/model",
        "GET /api/v1/models", "GET /api/v1/models/{name}/versions/{version}", "GET /api/v1/models/{name}/versions/{version}/signature",
        "GET /api/v1/models/{name}/versions/{version}/file",
        "POST /api/v1/models/{name}/versions/{version}/predict", "POST /api/v1/models/{name}/versions/{version}/predict-csv",
        "GET /api/v1/models/{name}/aliases", "PUT /api/v1/models/{name}/aliases/{alias}", "DELETE /api/v1/models/{name}/aliases/{alias}",
        "GET /api/v1/experiments/{id}/note", "PUT /api/v1/experiments/{id}/note", "GET /api/v1/experiments/{id}/tags", "PUT /api/v1/experiments/{id}/tags/{key}", "DELETE /api/v1/experiments/{id}/tags/{key}", "GET /api/v1/experiments/{id}/comments", "POST /api/v1/experiments/{id}/comments", "PUT /api/v1/experiments/{id}/favourite", "DELETE /api/v1/experiments/{id}/favourite",
        "GET /api/v1/runs/{id}/note", "PUT /api/v1/runs/{id}/note", "GET /api/v1/runs/{id}/tags", "PUT /api/v1/runs/{id}/tags/{key}", "DELETE /api/v1/runs/{id}/tags/{key}", "GET /api/v1/runs/{id}/comments", "POST /api/v1/runs/{id}/comments", "PUT /api/v1/runs/{id}/favourite", "DELETE /api/v1/runs/{id}/favourite",
        "GET /api/v1/models/{id}/note", "PUT /api/v1/models/{id}/note", "GET /api/v1/models/{id}/tags", "PUT /api/v1/models/{id}/tags/{key}", "DELETE /api/v1/models/{id}/tags/{key}", "GET /api/v1/models/{id}/comments", "POST /api/v1/models/{id}/comments", "PUT /api/v1/models/{id}/favourite", "DELETE /api/v1/models/{id}/favourite",
        "PUT /api/v1/comments/{id}", "DELETE /api/v1/comments/{id}",
        "GET /api/v1/experiments/{id}/table", "GET /api/v1/experiments/{id}/table.csv", "GET /api/v1/experiments/{id}/groups", "GET /api/v1/experiments/{id}/groups/curves",
        "GET /api/v1/experiments/{id}/views", "POST /api/v1/experiments/{id}/views", "GET /api/v1/views/{id}", "PUT /api/v1/views/{id}", "DELETE /api/v1/views/{id}",
        "POST /api/v1/runs/archive", "POST /api/v1/runs/restore", "POST /api/v1/runs/move", "PUT /api/v1/runs/{id}/name", "GET /api/v1/runs/{id}/archive", "GET /api/v1/runs/{id}/preview/{path}",
        "POST /api/v1/experiments/{id}/import",
        "GET /api/v1/webhooks", "POST /api/v1/webhooks", "PUT /api/v1/webhooks/{id}", "DELETE /api/v1/webhooks/{id}", "POST /api/v1/webhooks/{id}/secret", "POST /api/v1/webhooks/{id}/ping",
        "GET /api/v1/webhooks/{id}/deliveries", "POST /api/v1/webhooks/deliveries/{id}/redeliver",
        "POST /api/v1/retention/remove",
        "GET /api/v1/account", "PUT /api/v1/account/password", "POST /api/v1/account/tokens", "DELETE /api/v1/account/tokens/{id}", "DELETE /api/v1/account/sessions",
        "GET /api/v1/users", "POST /api/v1/users", "GET /api/v1/users/{name}", "PATCH /api/v1/users/{name}", "DELETE /api/v1/users/{name}",
        "GET /api/v1/teams", "PUT /api/v1/teams/{name}", "DELETE /api/v1/teams/{name}",
        "GET /api/v1/permissions/{kind}/{id}", "PUT /api/v1/permissions/{kind}/{id}", "DELETE /api/v1/permissions/{kind}/{id}", "GET /api/v1/audit",
        "GET /v2", "GET /v2/health/live", "GET /v2/health/ready", "POST /v2/repository/index",
        "GET /v2/models/{name}", "GET /v2/models/{name}/ready", "GET /v2/models/{name}/stats", "POST /v2/models/{name}/infer",
        "GET /v2/models/{name}/versions/{version}", "GET /v2/models/{name}/versions/{version}/ready",
        "GET /v2/models/{name}/versions/{version}/stats", "POST /v2/models/{name}/versions/{version}/infer",
    ];
}
