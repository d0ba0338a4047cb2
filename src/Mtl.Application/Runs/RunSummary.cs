using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>A run in a list.</summary>
/// <param name="Method">Architecture, weighting and optimizer keys, as shown (<c>hps · uw · adam</c>), or the classical learner's; empty for a tracked run.</param>
/// <param name="SecondsLeft">Estimate for a running run; null when there is none.</param>
/// <param name="Metrics">The last value of each metric key.</param>
/// <param name="DeltaM">Δm against the experiment's baseline in percent; null until both are completed.</param>
public sealed record RunSummary(
    string Id,
    string ExperimentId,
    string ExperimentName,
    string Name,
    RunKind Kind,
    RunStatus Status,
    string Method,
    RunProgress Progress,
    double? SecondsLeft,
    string Failure,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyDictionary<string, double> Metrics,
    double? DeltaM);
