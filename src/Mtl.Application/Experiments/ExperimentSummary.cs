namespace Mtl.Application.Experiments;

/// <summary>An experiment in a list.</summary>
/// <param name="Tasks">Task names in definition order.</param>
/// <param name="Runs">How many runs it has.</param>
/// <param name="ActiveRuns">How many of them are queued or running.</param>
/// <param name="BestDeltaM">Greatest Δm of its completed multi-task runs, in percent; null when there is none.</param>
public sealed record ExperimentSummary(
    string Id, string Name, string Description, IReadOnlyList<string> Tasks, int Runs, int ActiveRuns, double? BestDeltaM, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
