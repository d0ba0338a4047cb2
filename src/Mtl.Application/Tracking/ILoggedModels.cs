using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tracking;

/// <summary>What clients do with logged models.</summary>
public interface ILoggedModels
{
    Task<Result<TrackedModel>> CreateAsync(NewLoggedModel model, CancellationToken cancellation = default);

    Task<Result<TrackedModel>> GetAsync(string id, CancellationToken cancellation = default);

    /// <param name="id">The model.</param>
    /// <param name="status">One of <see cref="LoggedModelStatus"/>; a model that is ready or has failed stays so.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<Result<TrackedModel>> FinishAsync(string id, string status, CancellationToken cancellation = default);

    Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default);

    Task<Result<TrackedModel>> SetTagsAsync(string id, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    Task<Result<string>> DeleteTagAsync(string id, string key, CancellationToken cancellation = default);

    /// <summary>Adds parameters; one that is there already keeps its value.</summary>
    Task<Result<string>> LogParametersAsync(string id, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation = default);

    Task<Result<Page<TrackedModel>>> SearchAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation = default);
}

/// <summary>A logged model with its tags.</summary>
/// <param name="ArtifactUri">Where its files are, as clients address them.</param>
public sealed record TrackedModel(LoggedModel Model, IReadOnlyDictionary<string, string> Tags, string ArtifactUri);

/// <summary>A model that a client begins to log.</summary>
/// <param name="ExperimentId">Empty for the default experiment.</param>
/// <param name="Name">Empty for one that is made up.</param>
public sealed record NewLoggedModel(
    string ExperimentId, string Name, string ModelType, string SourceRunId, IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyDictionary<string, string> Tags);

/// <summary>The states of a logged model, in MLflow's words.</summary>
public static class LoggedModelStatus
{
    public const string Pending = "LOGGED_MODEL_PENDING";
    public const string Ready = "LOGGED_MODEL_READY";
    public const string Failed = "LOGGED_MODEL_UPLOAD_FAILED";

    public static IReadOnlyList<string> All { get; } = [Pending, Ready, Failed];
}
