namespace Mtl.Tracking.Collaboration.Webhooks;

/// <summary>What a webhook can be told of, by the words that stand in its payload.</summary>
public static class WebhookEvent
{
    /// <summary>A run has completed.</summary>
    public const string RunFinished = "run.finished";

    /// <summary>A run has ended with an error.</summary>
    public const string RunFailed = "run.failed";

    /// <summary>A run was cancelled, or killed by its client.</summary>
    public const string RunCancelled = "run.cancelled";

    /// <summary>An alias of a model points at a version that it did not point at before.</summary>
    public const string AliasMoved = "model.alias_moved";

    /// <summary>Asked for by a person, to see whether the webhook works. Every webhook can be sent it.</summary>
    public const string Ping = "ping";

    /// <summary>What a webhook can be set to be told of.</summary>
    public static IReadOnlyList<string> All { get; } = [RunFinished, RunFailed, RunCancelled, AliasMoved];
}
