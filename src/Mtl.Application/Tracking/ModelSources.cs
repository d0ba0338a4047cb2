using System.Text.RegularExpressions;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <summary>Where versions' files are.</summary>
internal sealed partial class ModelSources(IRunStore runs, ILoggedModelStore loggedModels, ArtifactHomes homes)
{
    /// <summary>Null when a version may be registered from there: an address, not a path on this server, and without a way up.</summary>
    public static Error? Refuse(string source)
    {
        var isAddress = Address().Match(source) is { Success: true } match && !match.Groups["scheme"].Value.Equals("file", StringComparison.OrdinalIgnoreCase);
        return !isAddress
            ? Error.Invalid(
                $"Invalid model version source: '{Shown(source)}'. A version's files are at an address that clients can reach (runs:/…, models:/…, mlflow-artifacts:/…, s3://…), not at a path of this server.", field: "source")
            : Uri.UnescapeDataString(source).Split('/', '\\', '?', '#').Contains("..")
                ? Error.Invalid($"Invalid model version source: '{Shown(source)}'. It can't hold '..'.", field: "source")
                : TrackingRules.Length("Source", source, 2000, "source");
    }

    /// <summary>The source as clients see it: of an export, the folder in which it is laid out as an MLflow model.</summary>
    public async Task<string> OfAsync(ModelVersion version, CancellationToken cancellation)
    {
        if (version.Source.Length > 0 || version.RunId.Length == 0)
            return version.Source;
        var run = await runs.GetAsync(version.RunId, cancellation);
        return run.IsSuccess ? $"{await homes.OfAsync(run.Value, cancellation)}/{RunFiles.ModelFolder}" : "";
    }

    /// <summary>The source with <c>runs:/</c> and <c>models:/m-…</c> followed to where the files are.</summary>
    public async Task<Result<string>> ResolveAsync(string source, CancellationToken cancellation)
    {
        if (RunAddress().Match(source) is { Success: true } ofRun)
        {
            var run = await runs.GetAsync(ofRun.Groups["run"].Value, cancellation);
            if (!run.IsSuccess)
                return Error.NotFound($"Run with id={ofRun.Groups["run"].Value} not found");
            return $"{await homes.OfAsync(run.Value, cancellation)}/{ofRun.Groups["path"].Value}".TrimEnd('/');
        }

        if (ModelAddress().Match(source) is { Success: true } ofModel)
        {
            var model = await loggedModels.GetAsync(ofModel.Groups["model"].Value, cancellation);
            return model.IsSuccess ? await homes.OfAsync(model.Value, cancellation) : LoggedModels.NoSuchModel(ofModel.Groups["model"].Value);
        }

        return source;
    }

    private static string Shown(string source) => source[..Math.Min(source.Length, 200)];

    [GeneratedRegex(@"^(?<scheme>[A-Za-z][A-Za-z0-9+.\-]+):/+\S", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"^runs:/+(?<run>[^/]+)/?(?<path>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex RunAddress();

    [GeneratedRegex(@"^models:/+(?<model>m-[^/@]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ModelAddress();
}
