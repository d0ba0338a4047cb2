using Mtl.Tracking.Metrics;

namespace Mtl.Tracking.Models;

/// <summary>A point of a run that is about a logged model.</summary>
/// <param name="RunId">The run that it was logged to.</param>
/// <param name="DatasetName">Of the dataset that it was measured on; empty for none.</param>
public sealed record ModelMetric(string ModelId, string RunId, MetricPoint Point, string DatasetName = "", string DatasetDigest = "");
