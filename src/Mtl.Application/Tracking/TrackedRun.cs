using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <summary>A run with what was logged to it.</summary>
/// <param name="Metrics">Key → last point.</param>
/// <param name="ArtifactUri">Where its files are, as clients address them.</param>
public sealed record TrackedRun(Run Run, RunData Data, IReadOnlyDictionary<string, MetricPoint> Metrics, string ArtifactUri);

/// <summary>A run that a client begins.</summary>
/// <param name="ExperimentId">Empty for the default experiment.</param>
/// <param name="Name">Empty to take the tag's (<see cref="RunTags.Name"/>), or one that is made up.</param>
/// <param name="User">Who runs it, as the client says.</param>
/// <param name="StartedAt">Null for now.</param>
public sealed record NewRun(string ExperimentId, string Name, string User, DateTimeOffset? StartedAt, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>What a client changes of a run; null leaves it as it is.</summary>
public sealed record RunChange(RunStatus? Status, DateTimeOffset? EndedAt, string? Name);
