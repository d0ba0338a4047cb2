using Mtl.Core.Definitions;

namespace Mtl.Tracking.Experiments;

/// <summary>A stored experiment. <paramref name="Version"/> counts its writes; a write names the version it replaces.</summary>
public sealed record Experiment(string Id, ExperimentDefinition Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool IsDeleted, long Version);
