using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>What a run carries beside its curves, for whoever looks at it.</summary>
public interface IRunOverviews
{
    Task<Result<RunOverview>> GetAsync(string runId, CancellationToken cancellation = default);
}

/// <summary>What a run carries.</summary>
/// <param name="Metrics">Each key's history in a few numbers.</param>
/// <param name="Versions">Registered versions that come from the run.</param>
/// <param name="ArchivedAt">Null for a live run.</param>
public sealed record RunOverview(
    string Owner, DateTimeOffset? ArchivedAt, RunData Data, IReadOnlyDictionary<string, MetricSummary> Metrics, IReadOnlyList<ModelVersion> Versions);
