namespace Mtl.Tracking.Collaboration.Webhooks;

/// <summary>An address that is told of events.</summary>
/// <param name="Url">An absolute http or https address.</param>
/// <param name="Events">Of <see cref="WebhookEvent.All"/>.</param>
/// <param name="ExperimentId">Only runs of this experiment; empty for all.</param>
/// <param name="Model">Only this model's aliases; empty for all.</param>
/// <param name="ProtectedSecret">The key of its signatures, encrypted by the application.</param>
public sealed record Webhook(
    string Id, string Name, string Url, IReadOnlyList<string> Events, string ExperimentId, string Model, string ProtectedSecret, bool IsActive, string CreatedBy, DateTimeOffset CreatedAt);
