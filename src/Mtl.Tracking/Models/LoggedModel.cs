namespace Mtl.Tracking.Models;

/// <summary>A model that a client logged, registered or not.</summary>
/// <param name="Status"><c>LOGGED_MODEL_PENDING</c>, <c>LOGGED_MODEL_READY</c> or <c>LOGGED_MODEL_UPLOAD_FAILED</c>.</param>
/// <param name="SourceRunId">The run that made it; empty when there is none.</param>
public sealed record LoggedModel(
    string Id, string ExperimentId, string Name, string ModelType, string SourceRunId, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Most points of a metric, a run and a dataset that come with the model: the last of them by time.</summary>
    public const int MostPoints = 1000;

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What was logged of it to runs, by key and time.</summary>
    public IReadOnlyList<ModelMetric> Metrics { get; init; } = [];
}
