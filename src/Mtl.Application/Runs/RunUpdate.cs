using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>What changed in a run since the last update: its state as it is now, and the points and log lines that are new.</summary>
public sealed record RunUpdate(RunStatus Status, RunProgress Progress, double? SecondsLeft, IReadOnlyList<MetricPoint> Points, IReadOnlyList<LogLine> Log)
{
    /// <summary>Points and lines beyond this step are void: the run was resumed from there. Null otherwise.</summary>
    public long? RewoundTo { get; init; }
}
