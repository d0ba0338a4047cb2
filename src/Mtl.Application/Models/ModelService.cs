using System.Collections.ObjectModel;
using System.Globalization;
using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Application.Models;

/// <inheritdoc cref="IModels"/>
internal sealed class ModelService(IModelStore models, IRunStore runs, IArtifactStore artifacts, IGrainFactory grains, IAccess access, IAuditTrail audit) : IModels
{
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation = default)
    {
        var isReadable = await access.ReadableAsync(ResourceKind.RegisteredModel, cancellation);
        return [.. (await models.ListAsync(cancellation: cancellation)).Where(version => isReadable(version.Name))];
    }

    public async Task<Result<ModelVersion>> GetAsync(string name, string version = "latest", CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.RegisteredModel(name), cancellation) is { } refusal)
            return refusal.Kind == ErrorKind.NotFound ? NoModel(name) : refusal;
        if (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return await models.GetAsync(name, number, cancellation);

        var versions = await models.ListAsync(name, cancellation);
        if (versions.Count == 0)
            return NoModel(name);
        if (version == "latest")
            return versions.FirstOrDefault(candidate => candidate.File.Length > 0) ?? versions[0];

        var aliases = await models.AliasesAsync(name, cancellation);
        return aliases.TryGetValue(version, out var aliased)
            ? await models.GetAsync(name, aliased, cancellation)
            : Error.NotFound(
                $"Model '{name}' has no version or alias '{version}'; it has versions {versions[^1].Version} to {versions[0].Version}"
                + $"{(aliases.Count == 0 ? "" : $" and the aliases {string.Join(", ", aliases.Keys.Order(StringComparer.Ordinal))}")}.");
    }

    public async Task<Result<ModelVersion>> OfRunAsync(string runId, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Run(runId), cancellation) is { } refusal)
            return refusal;
        var run = await runs.GetAsync(runId, cancellation);
        if (!run.IsSuccess)
            return run.Error;

        var version = await models.ExportOfAsync(runId, cancellation);
        return version is not null
            ? version
            : Error.NotFound(
                $"Run '{runId}' has no exported model: it is {run.Value.Status.ToString().ToLowerInvariant()}.",
                run.Value.Status.IsFinal() ? "Only completed multi-task runs have one." : "It gets one when it has completed.");
    }

    public async Task<Result<ModelSignature>> SignatureAsync(string name, string version = "latest", CancellationToken cancellation = default)
    {
        var found = await GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var signature = await grains.GetGrain<IPredictorGrain>($"{found.Value.Name}/{found.Value.Version}").Signature();
        return signature.ToResult().Then(DefinitionJson.Read<ModelSignature>);
    }

    public async Task<Result<Stream>> OpenAsync(string name, string version = "latest", CancellationToken cancellation = default)
    {
        var found = await GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return found.Value.File.Length > 0
            ? await artifacts.OpenAsync(found.Value.RunId, found.Value.File, cancellation)
            : Error.NotFound($"Version {found.Value.Version} of model '{found.Value.Name}' was registered by a client and has no exported file.", $"Its files are at {found.Value.Source}.");
    }

    public async Task<Result<string>> SetAliasAsync(string name, string alias, int? version, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.RegisteredModel(name), cancellation) is { } refusal)
            return refusal.Kind == ErrorKind.NotFound ? NoModel(name) : refusal;
        if ((await models.ListAsync(name, cancellation)).Count == 0)
            return NoModel(name);
        var done = (await grains.GetGrain<IModelGrain>(name).SetAlias(alias, version)).ToResult();
        if (done.IsSuccess)
            await audit.NoteAsync("model.alias", Resource.RegisteredModel(name), version is { } number ? $"'{alias}' to version {number}" : $"'{alias}' taken away");
        return done;
    }

    public async Task<IReadOnlyDictionary<string, int>> AliasesAsync(string name, CancellationToken cancellation = default) =>
        await access.RefuseAsync(Permission.Read, Resource.RegisteredModel(name), cancellation) is null ? await models.AliasesAsync(name, cancellation) : ReadOnlyDictionary<string, int>.Empty;

    private static Error NoModel(string name) => Error.NotFound($"There is no model '{name}'.", "Completed runs register theirs; see the list of models.");
}
