using Mtl.Core;
using Mtl.Tracking.Experiments;

namespace Mtl.Application.Tracking;

/// <summary>
/// Where files are, as MLflow addresses them: <c>mlflow-artifacts:/{experiment}/{run}/artifacts/{path}</c>, <c>mlflow-artifacts:/{experiment}/models/{model}/artifacts/{path}</c>.
/// </summary>
/// <param name="OwnerId">The run or the logged model.</param>
/// <param name="Path">Within its files; empty for all of them.</param>
public sealed record ArtifactAddress(string ExperimentId, string OwnerId, bool IsModel, string Path)
{
    public const string Scheme = "mlflow-artifacts:";

    private const string Folder = "artifacts";
    private const string Models = "models";

    /// <summary>Where the files of the experiment's runs are.</summary>
    public static string Of(Experiment experiment) => experiment.ArtifactLocation.Length > 0 ? experiment.ArtifactLocation.TrimEnd('/') : OnServer(experiment.Id);

    /// <summary>Where this server keeps the files of an experiment's runs.</summary>
    public static string OnServer(string experimentId) => $"{Scheme}/{experimentId}";

    /// <summary>Where the run's files are, in its experiment's place.</summary>
    public static string OfRun(string location, string runId) => $"{location}/{runId}/{Folder}";

    /// <summary>Where the logged model's files are, in its experiment's place.</summary>
    public static string OfModel(string location, string modelId) => $"{location}/{Models}/{modelId}/{Folder}";

    /// <summary>Reads what stands behind <c>mlflow-artifacts:/</c>.</summary>
    public static Result<ArtifactAddress> Read(string path) => path.Trim('/').Split('/') switch
    {
        [var experiment, Models, var model, Folder, .. var rest] => new ArtifactAddress(experiment, model, IsModel: true, string.Join('/', rest)),
        [var experiment, var run, Folder, .. var rest] => new ArtifactAddress(experiment, run, IsModel: false, string.Join('/', rest)),
        _ => Error.Invalid(
            $"Invalid path: '{(path.Length > 200 ? $"{path[..200]}…" : path)}'. A path is {{experiment}}/{{run}}/{Folder}/… or {{experiment}}/{Models}/{{model}}/{Folder}/…, as a run's artifact_uri says it.", field: "path"),
    };
}
