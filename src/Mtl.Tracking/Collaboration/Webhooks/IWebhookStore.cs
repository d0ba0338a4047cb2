using Mtl.Core;

namespace Mtl.Tracking.Collaboration.Webhooks;

/// <summary>
/// Webhooks, the events that they are to be told of, and what is on its way to them. Thread-safe, also over several processes on one database. Events come from the store itself: a run that
/// reaches a final status and an alias that moves leave one, in the transaction of that write, whoever wrote it.
/// </summary>
public interface IWebhookStore
{
    /// <summary>Adds a webhook; Conflict when its id exists.</summary>
    Task<Result<Webhook>> AddAsync(Webhook webhook, CancellationToken cancellation = default);

    /// <summary>Replaces the webhook of that id.</summary>
    Task<Result<Webhook>> UpdateAsync(Webhook webhook, CancellationToken cancellation = default);

    Task<Result<Webhook>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>All webhooks, by name.</summary>
    Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Removes a webhook and its deliveries.</summary>
    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);

    /// <summary>Events that have yet to become deliveries, the oldest first.</summary>
    Task<IReadOnlyList<OutboxEvent>> EventsAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Puts deliveries in the place of an event; false, and nothing done, when another process did so first.</summary>
    Task<bool> DispatchAsync(long sequence, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation = default);

    /// <summary>Adds a delivery that comes of no event; NotFound when its webhook is not there.</summary>
    Task<Result<WebhookDelivery>> AddDeliveryAsync(WebhookDelivery delivery, CancellationToken cancellation = default);

    /// <summary>Takes deliveries that are due at <paramref name="now"/>, counts an attempt, and makes them due again at <paramref name="until"/>, should the taker not come back.</summary>
    Task<IReadOnlyList<WebhookDelivery>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellation = default);

    /// <summary>Keeps what came of an attempt: status, due time and outcome.</summary>
    Task SettleAsync(WebhookDelivery delivery, CancellationToken cancellation = default);

    Task<Result<WebhookDelivery>> GetDeliveryAsync(string id, CancellationToken cancellation = default);

    /// <summary>Deliveries of one webhook (null: of all) and status (null: any), the newest first, those after <paramref name="after"/> (a delivery's id; null: from the newest).</summary>
    Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(string? webhookId, DeliveryStatus? status, int limit, string? after = null, CancellationToken cancellation = default);

    /// <summary>Forgets deliveries that arrived and were made before <paramref name="before"/>; gives back how many.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellation = default);
}
