using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>A run with all there is to say of it but its curves.</summary>
/// <param name="Definition">Null for a run that a client logs.</param>
/// <param name="Result">Test results; null until the run has completed.</param>
/// <param name="Comparison">Against the single-task baseline; null until both have completed, and for baselines.</param>
/// <param name="Model">The exported model as <c>name/version</c>; empty until there is one.</param>
public sealed record RunDetails(RunSummary Summary, ExperimentDefinition? Definition, RunResult? Result, BaselineComparison? Comparison, string Model, double? ParityError);
