using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Archives;

/// <summary>All of a run that goes into its archive.</summary>
/// <param name="Definition">The definition's JSON; null where there is none.</param>
/// <param name="Artifacts">Paths, each opened by <paramref name="Open"/> when its turn comes.</param>
internal sealed record RunContents(
    ArchivedRun Run,
    string? Definition,
    IReadOnlyDictionary<string, string> Params,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<DatasetInput> Inputs,
    IAsyncEnumerable<MetricPoint> Points,
    IAsyncEnumerable<LogLine> Log,
    IReadOnlyList<string> Artifacts,
    Func<string, Task<Result<Stream>>> Open);
