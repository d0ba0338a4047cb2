using Mtl.Application.Runs;
using Mtl.Core.Definitions;

namespace Mtl.Application.Experiments;

/// <summary>An experiment with its runs, the newest first.</summary>
public sealed record ExperimentDetails(string Id, ExperimentDefinition Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<RunSummary> Runs);
