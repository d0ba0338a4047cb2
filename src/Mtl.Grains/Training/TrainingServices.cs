using Mtl.Core.Catalogue;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>What a training job works with.</summary>
public sealed record TrainingServices(
    TableSource Tables, ICatalogue Catalogue, IMetricStore Metrics, ILogStore Logs, IRunDataStore Data, IArtifactStore Artifacts, ModelNaming Names, TimeProvider Time);
