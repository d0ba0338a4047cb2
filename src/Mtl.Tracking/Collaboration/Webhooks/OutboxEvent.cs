namespace Mtl.Tracking.Collaboration.Webhooks;

/// <summary>Something that happened and has yet to be told. The store writes it in the same transaction as the change itself, as long as there is a webhook.</summary>
/// <param name="Sequence">Grows with every event.</param>
/// <param name="Kind">One of <see cref="WebhookEvent.All"/>.</param>
/// <param name="Subject">The run's id, or the model's name.</param>
/// <param name="Detail">For a model: the alias; empty otherwise.</param>
/// <param name="Version">For a model: the version that the alias points at now.</param>
public sealed record OutboxEvent(long Sequence, string Kind, string Subject, string Detail, int? Version);
