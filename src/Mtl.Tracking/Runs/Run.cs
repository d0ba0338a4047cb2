using Mtl.Core.Definitions;

namespace Mtl.Tracking.Runs;

/// <summary>A stored run: one training of one definition, or what a client logs. <see cref="Version"/> counts its writes; a write names the version it replaces.</summary>
/// <param name="Definition">What the platform trains; null for <see cref="RunKind.Tracked"/>.</param>
public sealed record Run(string Id, string ExperimentId, string Name, RunKind Kind, ExperimentDefinition? Definition, DateTimeOffset CreatedAt)
{
    /// <summary>The definition of a run that the platform trains.</summary>
    /// <exception cref="InvalidOperationException">The run is only logged by a client.</exception>
    public ExperimentDefinition Plan => Definition ?? throw new InvalidOperationException($"Run '{Id}' is only logged by a client; the platform has no definition of it.");

    public RunStatus Status { get; init; } = RunStatus.Queued;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was archived (deleted, in MLflow's words); null while it is live.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Name of who started it; empty when nobody was signed in.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Why a failed run failed, with advice; empty otherwise.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Threads it trains with, chosen at its first start and kept; 0 before.</summary>
    public int Threads { get; init; }

    public RunProgress Progress { get; init; } = new();

    public Lease? Lease { get; init; }

    public long Version { get; init; }
}
