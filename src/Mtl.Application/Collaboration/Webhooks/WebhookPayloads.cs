using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>
/// Writes what is sent: <c>{"type", "timestamp", "data"}</c> as the Standard Webhooks specification has it. The data name the run and its experiment, or the model, its alias and its version.
/// </summary>
internal sealed class WebhookPayloads(IRunStore runs, IExperimentStore experiments, TimeProvider time)
{
    /// <summary>The deliveries of an event, one for each webhook that wants it.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(OutboxEvent happened, IReadOnlyList<Webhook> webhooks, CancellationToken cancellation)
    {
        var wanting = webhooks.Where(webhook => webhook.IsActive && webhook.Events.Contains(happened.Kind)).ToArray();
        if (wanting.Length == 0)
            return [];
        return happened.Kind == WebhookEvent.AliasMoved
            ? [.. wanting.Where(webhook => webhook.ExperimentId.Length == 0 && (webhook.Model.Length == 0 || webhook.Model == happened.Subject)).Select(webhook => Delivery(webhook, happened.Kind, Alias(happened)))]
            : await OfRunAsync(happened, wanting, cancellation);
    }

    /// <summary>A delivery that tells nothing but that the webhook works.</summary>
    public WebhookDelivery Ping(Webhook webhook) => Delivery(webhook, WebhookEvent.Ping, new JsonObject { ["webhook"] = webhook.Name });

    private static JsonObject Alias(OutboxEvent happened) => new() { ["model"] = happened.Subject, ["alias"] = happened.Detail, ["version"] = happened.Version };

    private async Task<IReadOnlyList<WebhookDelivery>> OfRunAsync(OutboxEvent happened, IReadOnlyList<Webhook> wanting, CancellationToken cancellation)
    {
        var found = await runs.GetAsync(happened.Subject, cancellation);
        if (!found.IsSuccess)
            return [];
        var run = found.Value;
        var experiment = (await experiments.GetAsync(run.ExperimentId, cancellation)).Match(value => value.Name, _ => "");
        return
        [
            .. wanting.Where(webhook => webhook.Model.Length == 0 && (webhook.ExperimentId.Length == 0 || webhook.ExperimentId == run.ExperimentId)).Select(webhook => Delivery(webhook, happened.Kind, new JsonObject
            {
                ["run"] = new JsonObject { ["id"] = run.Id, ["name"] = run.Name, ["failure"] = run.Failure, ["startedAt"] = $"{run.StartedAt:O}", ["endedAt"] = $"{run.EndedAt:O}" },
                ["experiment"] = new JsonObject { ["id"] = run.ExperimentId, ["name"] = experiment },
            })),
        ];
    }

    private WebhookDelivery Delivery(Webhook webhook, string kind, JsonObject data)
    {
        var now = time.GetUtcNow();
        var payload = new JsonObject { ["type"] = kind, ["timestamp"] = $"{now:O}", ["data"] = data };
        return new WebhookDelivery($"msg_{Guid.CreateVersion7(now):N}", webhook.Id, kind, payload.ToJsonString(DefinitionJson.Options), DeliveryStatus.Waiting, Attempts: 0, now, DueAt: now, Outcome: "");
    }
}
