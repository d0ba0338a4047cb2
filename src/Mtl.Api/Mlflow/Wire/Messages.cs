using Mtl.Application.Tracking;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Api.Mlflow.Wire;

// The answers' messages, named and shaped as in mlflow/protos/service.proto and model_registry.proto.

/// <summary>An answer without fields.</summary>
internal sealed record EmptyMessage;

internal sealed record Pair(string Key, string Value)
{
    public static IReadOnlyList<Pair>? Of(IReadOnlyDictionary<string, string> pairs) =>
        MlflowJson.Some(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Pair(pair.Key, pair.Value)));
}

internal sealed record MetricMessage(string Key, double Value, long Timestamp, long Step, string? RunId = null)
{
    public string? ModelId { get; init; }

    public string? DatasetName { get; init; }

    public string? DatasetDigest { get; init; }

    public static MetricMessage Of(ModelMetric metric) => Of(metric.Point, metric.RunId) with
    {
        ModelId = metric.ModelId,
        DatasetName = MlflowJson.Some(metric.DatasetName),
        DatasetDigest = MlflowJson.Some(metric.DatasetDigest),
    };

    public static MetricMessage Of(MetricPoint point, string? runId = null) => new(point.Key, point.Value, MlflowJson.Milliseconds(point.Time), point.Step, runId);
}

internal sealed record ExperimentMessage(
    string ExperimentId, string Name, string ArtifactLocation, string LifecycleStage, long LastUpdateTime, long CreationTime, IReadOnlyList<Pair>? Tags)
{
    public static ExperimentMessage Of(TrackedExperiment tracked) => new(
        tracked.Experiment.Id,
        tracked.Experiment.Name,
        tracked.ArtifactUri,
        tracked.Experiment.IsDeleted ? "deleted" : "active",
        MlflowJson.Milliseconds(tracked.Experiment.UpdatedAt),
        MlflowJson.Milliseconds(tracked.Experiment.CreatedAt),
        Pair.Of(tracked.Tags));
}

internal sealed record RunMessage(RunInfoMessage Info, RunDataMessage Data, RunInputsMessage Inputs, RunOutputsMessage? Outputs)
{
    public static RunMessage Of(TrackedRun tracked) => new(
        RunInfoMessage.Of(tracked),
        new RunDataMessage(
            MlflowJson.Some(tracked.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => MetricMessage.Of(metric.Value))),
            Pair.Of(tracked.Data.Parameters),
            Pair.Of(tracked.Data.Tags)),
        new RunInputsMessage(
            MlflowJson.Some(tracked.Data.Datasets.Select(DatasetInputMessage.Of)), MlflowJson.Some(tracked.Data.InputModels.Select(model => new ModelInputMessage(model.ModelId)))),
        tracked.Data.OutputModels.Count == 0 ? null : new RunOutputsMessage([.. tracked.Data.OutputModels.Select(model => new ModelOutputMessage(model.ModelId, model.Step))]));
}

internal sealed record RunInfoMessage(
    string RunId, string RunUuid, string RunName, string ExperimentId, string UserId, string Status, long StartTime, long? EndTime, string ArtifactUri, string LifecycleStage)
{
    public static RunInfoMessage Of(TrackedRun tracked) => new(
        tracked.Run.Id,
        tracked.Run.Id,
        tracked.Run.Name,
        tracked.Run.ExperimentId,
        tracked.Run.Owner,
        ProtocolStatus.Of(tracked.Run.Status),
        MlflowJson.Milliseconds(tracked.Run.StartedAt ?? tracked.Run.CreatedAt),
        tracked.Run.EndedAt is { } ended ? MlflowJson.Milliseconds(ended) : null,
        tracked.ArtifactUri,
        tracked.Run.DeletedAt is null ? "active" : "deleted");
}

internal sealed record RunDataMessage(IReadOnlyList<MetricMessage>? Metrics, IReadOnlyList<Pair>? Params, IReadOnlyList<Pair>? Tags);

internal sealed record RunInputsMessage(IReadOnlyList<DatasetInputMessage>? DatasetInputs, IReadOnlyList<ModelInputMessage>? ModelInputs);

internal sealed record RunOutputsMessage(IReadOnlyList<ModelOutputMessage> ModelOutputs);

internal sealed record ModelInputMessage(string ModelId);

internal sealed record ModelOutputMessage(string ModelId, long Step);

internal sealed record DatasetInputMessage(IReadOnlyList<Pair>? Tags, DatasetMessage Dataset)
{
    public static DatasetInputMessage Of(DatasetInput input) => new(
        Pair.Of(input.Tags), new DatasetMessage(input.Name, input.Digest, input.SourceType, input.Source, MlflowJson.Some(input.Schema), MlflowJson.Some(input.Profile)));
}

internal sealed record DatasetMessage(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

internal sealed record FileMessage(string Path, bool IsDir, long? FileSize)
{
    public static FileMessage Of(ArtifactEntry entry) => new(entry.Path, entry.Bytes is null, entry.Bytes);
}

internal sealed record RegisteredModelMessage(
    string Name, long CreationTimestamp, long LastUpdatedTimestamp, string? Description, IReadOnlyList<ModelVersionMessage>? LatestVersions, IReadOnlyList<Pair>? Tags, IReadOnlyList<AliasMessage>? Aliases)
{
    public static RegisteredModelMessage Of(RegisteredModelDetails details) => new(
        details.Model.Name,
        MlflowJson.Milliseconds(details.Model.CreatedAt),
        MlflowJson.Milliseconds(details.Model.UpdatedAt),
        MlflowJson.Some(details.Model.Description),
        MlflowJson.Some(details.Latest.Select(ModelVersionMessage.Of)),
        Pair.Of(details.Tags),
        MlflowJson.Some(details.Aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).Select(alias => new AliasMessage(alias.Key, $"{alias.Value}"))));
}

internal sealed record AliasMessage(string Alias, string Version);

internal sealed record ModelVersionMessage(
    string Name, string Version, long CreationTimestamp, long LastUpdatedTimestamp, string? UserId, string CurrentStage, string? Description, string Source, string? RunId, string Status,
    IReadOnlyList<Pair>? Tags, string? RunLink, IReadOnlyList<string>? Aliases, string? ModelId)
{
    public static ModelVersionMessage Of(VersionDetails details) => new(
        details.Version.Name,
        $"{details.Version.Version}",
        MlflowJson.Milliseconds(details.Version.CreatedAt),
        MlflowJson.Milliseconds(details.Version.UpdatedAt),
        MlflowJson.Some(details.Version.Owner),
        details.Version.Stage,
        MlflowJson.Some(details.Version.Description),
        details.Source,
        MlflowJson.Some(details.Version.RunId),
        "READY",
        Pair.Of(details.Tags),
        MlflowJson.Some(details.Version.RunLink),
        MlflowJson.Some(details.Aliases),
        MlflowJson.Some(details.Version.ModelId));
}

internal sealed record LoggedModelMessage(LoggedModelInfoMessage Info, LoggedModelDataMessage Data)
{
    public static LoggedModelMessage Of(TrackedModel tracked) => new(
        new LoggedModelInfoMessage(
            tracked.Model.Id,
            tracked.Model.ExperimentId,
            tracked.Model.Name,
            MlflowJson.Milliseconds(tracked.Model.CreatedAt),
            MlflowJson.Milliseconds(tracked.Model.UpdatedAt),
            tracked.ArtifactUri,
            tracked.Model.Status,
            MlflowJson.Some(tracked.Model.ModelType),
            MlflowJson.Some(tracked.Model.SourceRunId),
            Pair.Of(tracked.Tags)),
        new LoggedModelDataMessage(Pair.Of(tracked.Model.Parameters), MlflowJson.Some(tracked.Model.Metrics.Select(MetricMessage.Of))));
}

internal sealed record LoggedModelInfoMessage(
    string ModelId, string ExperimentId, string Name, long CreationTimestampMs, long LastUpdatedTimestampMs, string ArtifactUri, string Status, string? ModelType, string? SourceRunId,
    IReadOnlyList<Pair>? Tags);

internal sealed record LoggedModelDataMessage(IReadOnlyList<Pair>? Params, IReadOnlyList<MetricMessage>? Metrics);
