using static Mtl.Api.Tests.Security.RouteKind;
using static Mtl.Api.Tests.Security.SecuredServer;

namespace Mtl.Api.Tests.Security;

/// <summary>The rows of what people do together.</summary>
internal static class CollaborationRouteTable
{
    private const string Text = """{"text":"x"}""";

    private static readonly (string Pattern, string Address)[] Records =
    [
        ("/api/v1/experiments/{id}", $"/api/v1/experiments/{Experiment}"), ("/api/v1/runs/{id}", $"/api/v1/runs/{Run}"), ("/api/v1/models/{id}", $"/api/v1/models/{Model}"),
    ];

    /// <summary>What is the same of experiments, runs and models.</summary>
    private static readonly (string Method, string Pattern, string Address, RouteKind Kind, string? Json)[] OfRecords =
    [
        ("GET", "/note", "/note", Reads, null),
        ("PUT", "/note", "/note", Edits, """{"note":"x"}"""),
        ("GET", "/tags", "/tags", Reads, null),
        ("PUT", "/tags/{**key}", "/tags/k", Edits, """{"value":"v"}"""),
        ("DELETE", "/tags/{**key}", "/tags/k", Edits, null),
        ("GET", "/comments", "/comments", Reads, null),
        ("POST", "/comments", "/comments", Edits, Text),
        ("PUT", "/favourite", "/favourite", Edits, null),
        ("DELETE", "/favourite", "/favourite", Edits, null),
    ];

    private static readonly Dictionary<string, RouteRow> Own = new()
    {
        ["PUT /api/v1/comments/{id}"] = new(Edits, $"/api/v1/comments/{CommentId}", Text),
        ["DELETE /api/v1/comments/{id}"] = new(Edits, $"/api/v1/comments/{CommentId}"),
        ["GET /api/v1/experiments/{id}/table"] = new(Reads, $"/api/v1/experiments/{Experiment}/table"),
        ["GET /api/v1/experiments/{id}/table.csv"] = new(Reads, $"/api/v1/experiments/{Experiment}/table.csv"),
        ["GET /api/v1/experiments/{id}/groups"] = new(Reads, $"/api/v1/experiments/{Experiment}/groups", IsThere: false),
        ["GET /api/v1/experiments/{id}/groups/curves"] = new(Reads, $"/api/v1/experiments/{Experiment}/groups/curves?metric=loss", IsThere: false),
        ["GET /api/v1/experiments/{id}/views"] = new(Reads, $"/api/v1/experiments/{Experiment}/views"),
        ["POST /api/v1/experiments/{id}/views"] = new(Edits, $"/api/v1/experiments/{Experiment}/views", """{"name":"x","query":"sort=name"}"""),
        ["GET /api/v1/views/{id}"] = new(Reads, $"/api/v1/views/{ViewId}"),
        ["PUT /api/v1/views/{id}"] = new(Edits, $"/api/v1/views/{ViewId}", """{"name":"x","query":"sort=name"}"""),
        ["DELETE /api/v1/views/{id}"] = new(Edits, $"/api/v1/views/{ViewId}"),
        ["POST /api/v1/runs/archive"] = new(Edits, "/api/v1/runs/archive", $$"""{"runs":["{{Run}}"]}"""),
        ["POST /api/v1/runs/restore"] = new(Edits, "/api/v1/runs/restore", $$"""{"runs":["{{Run}}"]}"""),
        ["POST /api/v1/runs/move"] = new(Edits, "/api/v1/runs/move", $$"""{"runs":["{{Run}}"],"experiment":"{{Experiment}}"}"""),
        ["PUT /api/v1/runs/{id}/name"] = new(Edits, $"/api/v1/runs/{Run}/name", """{"name":"x"}"""),
        ["GET /api/v1/runs/{id}/archive"] = new(Reads, $"/api/v1/runs/{Run}/archive"),
        ["GET /api/v1/runs/{id}/preview/{**path}"] = new(Reads, $"/api/v1/runs/{Run}/preview/notes.png", IsThere: false),
        ["POST /api/v1/experiments/{id}/import"] = new(Edits, $"/api/v1/experiments/{Experiment}/import", "no archive"),
        ["PAGE /webhooks"] = new(Page, "/webhooks"),
        ["GET /api/v1/webhooks/"] = new(SignedIn, "/api/v1/webhooks"),
        ["POST /api/v1/webhooks/"] = new(Edits, "/api/v1/webhooks", $$"""{"name":"x","url":"https://example.org/","events":["run.finished"],"experimentId":"{{Experiment}}"}"""),
        ["PUT /api/v1/webhooks/{id}"] = new(Edits, $"/api/v1/webhooks/{WebhookId}", $$"""{"name":"x","url":"https://example.org/","events":["run.finished"],"experimentId":"{{Experiment}}"}"""),
        ["DELETE /api/v1/webhooks/{id}"] = new(Edits, $"/api/v1/webhooks/{WebhookId}"),
        ["POST /api/v1/webhooks/{id}/secret"] = new(Edits, $"/api/v1/webhooks/{WebhookId}/secret"),
        ["POST /api/v1/webhooks/{id}/ping"] = new(Edits, $"/api/v1/webhooks/{WebhookId}/ping"),
        ["GET /api/v1/webhooks/{id}/deliveries"] = new(Edits, $"/api/v1/webhooks/{WebhookId}/deliveries"),
        ["POST /api/v1/webhooks/deliveries/{id}/redeliver"] = new(Edits, $"/api/v1/webhooks/deliveries/{DeliveryId}/redeliver"),
    };

    public static IEnumerable<KeyValuePair<string, RouteRow>> Rows => Own.Concat(
        from record in Records
        from route in OfRecords
        select KeyValuePair.Create($"{route.Method} {record.Pattern}{route.Pattern}", new RouteRow(route.Kind, record.Address + route.Address, route.Json)));
}
