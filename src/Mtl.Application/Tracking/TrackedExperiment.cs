using Mtl.Tracking.Experiments;

namespace Mtl.Application.Tracking;

/// <summary>An experiment with its tags.</summary>
/// <param name="ArtifactUri">Where its runs' files are, as clients address them.</param>
public sealed record TrackedExperiment(Experiment Experiment, IReadOnlyDictionary<string, string> Tags, string ArtifactUri);
