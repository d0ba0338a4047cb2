using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Testing.Stores;

/// <summary>An implementation of all store contracts, empty when made.</summary>
public sealed record StoreSet(
    IExperimentStore Experiments,
    IRunStore Runs,
    ILogStore Logs,
    IMetricStore Metrics,
    IModelStore Models,
    IDatasetStore Datasets,
    IArtifactStore Artifacts);
