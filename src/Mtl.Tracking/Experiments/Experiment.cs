using Mtl.Core.Definitions;

namespace Mtl.Tracking.Experiments;

/// <summary>A stored experiment. <paramref name="Version"/> counts its writes; a write names the version it replaces.</summary>
/// <param name="Name">Of a definition the definition's name.</param>
/// <param name="Definition">What the platform trains; null for an experiment that clients only log to.</param>
public sealed record Experiment(string Id, string Name, ExperimentDefinition? Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool IsDeleted, long Version)
{
    /// <summary>The experiment of clients that name none.</summary>
    public const string DefaultId = "0";

    public const string DefaultName = "Default";

    /// <summary>Where clients want its artifacts, as they said; empty for the platform's own store.</summary>
    public string ArtifactLocation { get; init; } = "";
}
