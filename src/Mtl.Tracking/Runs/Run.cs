using Mtl.Core.Definitions;

namespace Mtl.Tracking.Runs;

/// <summary>A stored run: one training of one definition. <see cref="Version"/> counts its writes; a write names the version it replaces.</summary>
public sealed record Run(string Id, string ExperimentId, string Name, RunKind Kind, ExperimentDefinition Definition, DateTimeOffset CreatedAt)
{
    public RunStatus Status { get; init; } = RunStatus.Queued;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why a failed run failed, with advice; empty otherwise.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Threads it trains with, chosen at its first start and kept; 0 before.</summary>
    public int Threads { get; init; }

    public RunProgress Progress { get; init; } = new();

    public Lease? Lease { get; init; }

    public long Version { get; init; }
}
