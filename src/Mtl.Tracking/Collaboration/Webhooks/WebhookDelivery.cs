namespace Mtl.Tracking.Collaboration.Webhooks;

/// <summary>One event on its way to one webhook.</summary>
/// <param name="Id">The same at every attempt, so that a receiver can tell a repetition.</param>
/// <param name="Payload">The JSON text that is sent, the same at every attempt.</param>
/// <param name="Attempts">How often it was sent; an attempt counts when it begins.</param>
/// <param name="DueAt">Not to be sent before.</param>
/// <param name="Outcome">What came of the last attempt, in words; empty before the first.</param>
public sealed record WebhookDelivery(
    string Id, string WebhookId, string Event, string Payload, DeliveryStatus Status, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DueAt, string Outcome);
