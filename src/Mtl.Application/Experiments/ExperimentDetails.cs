using Mtl.Application.Runs;
using Mtl.Core.Definitions;

namespace Mtl.Application.Experiments;

/// <summary>An experiment with its runs, the newest first.</summary>
/// <param name="Definition">Null for an experiment that clients only log to.</param>
public sealed record ExperimentDetails(string Id, string Name, ExperimentDefinition? Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<RunSummary> Runs);
