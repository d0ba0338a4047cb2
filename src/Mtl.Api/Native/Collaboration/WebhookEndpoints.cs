using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Collaboration.Webhooks;
using Mtl.Core;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Api.Native.Collaboration;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/webhooks").WithTags("Webhooks");
        group.MapGet("/", async (IWebhooks webhooks, HttpContext context) => (await webhooks.ListAsync(context.RequestAborted)).ToHttp(context));
        group.MapPost("/", async (IWebhooks webhooks, HttpContext context) => await context.WithBodyAsync<WebhookDraft>(
            async draft => (await webhooks.AddAsync(draft, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created))).WithSummary("Adds a webhook; the answer holds its secret, which is not shown again.");
        group.MapPut("/{id}", async (string id, IWebhooks webhooks, HttpContext context) =>
            await context.WithBodyAsync<WebhookDraft>(async draft => (await webhooks.UpdateAsync(id, draft, context.RequestAborted)).ToHttp(context)));
        group.MapDelete("/{id}", async (string id, IWebhooks webhooks, HttpContext context) => (await webhooks.RemoveAsync(id, context.RequestAborted)).Map(_ => new { id }).ToHttp(context));
        group.MapPost("/{id}/secret", async (string id, IWebhooks webhooks, HttpContext context) => (await webhooks.RenewSecretAsync(id, context.RequestAborted)).ToHttp(context))
            .WithSummary("Gives it a new secret, which is not shown again.");
        group.MapPost("/{id}/ping", async (string id, IWebhooks webhooks, HttpContext context) => (await webhooks.PingAsync(id, context.RequestAborted)).ToHttp(context, StatusCodes.Status202Accepted));
        group.MapGet("/{id}/deliveries", DeliveriesAsync).WithSummary("The newest first; ?status=dead those that were given up.");
        group.MapPost("/deliveries/{id}/redeliver", async (string id, IWebhooks webhooks, HttpContext context) =>
            (await webhooks.RedeliverAsync(id, context.RequestAborted)).ToHttp(context, StatusCodes.Status202Accepted)).WithSummary("Sends a delivery again.");
    }

    private static async Task<IResult> DeliveriesAsync(string id, string? status, int? limit, string? after, IWebhooks webhooks, HttpContext context)
    {
        DeliveryStatus? wanted = status is null ? null : Enum.GetValues<DeliveryStatus>().Cast<DeliveryStatus?>().FirstOrDefault(known => $"{known}".Equals(status, StringComparison.OrdinalIgnoreCase));
        return status is not null && wanted is null
            ? Error.Invalid($"'{status}' is no state of deliveries; there are {string.Join(", ", Enum.GetNames<DeliveryStatus>()).ToLowerInvariant()}.", field: "status").ToHttp(context)
            : (await webhooks.DeliveriesAsync(id, wanted, limit ?? 50, after, context.RequestAborted)).ToHttp(context);
    }
}
