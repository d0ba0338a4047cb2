using Mtl.Core;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>
/// Addresses that are told of what happens. One of an experiment or a model is set by whoever manages that; one for everything by administrators.
/// </summary>
public interface IWebhooks
{
    /// <summary>Those that the caller manages, by name.</summary>
    Task<Result<IReadOnlyList<WebhookInfo>>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Adds a webhook and gives back its secret, which is shown this once.</summary>
    Task<Result<WebhookWithSecret>> AddAsync(WebhookDraft draft, CancellationToken cancellation = default);

    /// <summary>Replaces all but the secret.</summary>
    Task<Result<WebhookInfo>> UpdateAsync(string id, WebhookDraft draft, CancellationToken cancellation = default);

    /// <summary>Gives the webhook a new secret, shown this once; the old one signs nothing any more.</summary>
    Task<Result<WebhookWithSecret>> RenewSecretAsync(string id, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);

    /// <summary>Sends a delivery that says nothing, to see whether the webhook works.</summary>
    Task<Result<WebhookDelivery>> PingAsync(string id, CancellationToken cancellation = default);

    /// <summary>A webhook's deliveries, the newest first; those given up with <see cref="DeliveryStatus.Dead"/>.</summary>
    Task<Result<IReadOnlyList<WebhookDelivery>>> DeliveriesAsync(string id, DeliveryStatus? status = null, int limit = 50, string? after = null, CancellationToken cancellation = default);

    /// <summary>Sends a delivery again, with as many attempts as a new one.</summary>
    Task<Result<WebhookDelivery>> RedeliverAsync(string deliveryId, CancellationToken cancellation = default);
}

/// <summary>What a person says of a webhook.</summary>
/// <param name="Events">Of <see cref="WebhookEvent.All"/>.</param>
/// <param name="ExperimentId">Only runs of this experiment; empty for all.</param>
/// <param name="Model">Only this model's aliases; empty for all.</param>
public sealed record WebhookDraft(string Name, string Url, IReadOnlyList<string> Events, string ExperimentId = "", string Model = "", bool IsActive = true);

/// <summary>A webhook without its secret.</summary>
public sealed record WebhookInfo(
    string Id, string Name, string Url, IReadOnlyList<string> Events, string ExperimentId, string Model, bool IsActive, string CreatedBy, DateTimeOffset CreatedAt);

/// <summary>A webhook with its new secret.</summary>
public sealed record WebhookWithSecret(WebhookInfo Webhook, string Secret);
