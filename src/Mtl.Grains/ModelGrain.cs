using Mtl.Grains.Contracts;
using Mtl.Tracking.Models;
using Orleans;

namespace Mtl.Grains;

/// <inheritdoc cref="IModelGrain"/>
public sealed class ModelGrain(IModelStore models, TimeProvider time) : Grain, IModelGrain
{
    private string Name => this.GetPrimaryKeyString();

    public async Task<Reply<int>> Register(ModelRegistration registration)
    {
        var added = await models.AddAsync(new ModelVersion(
            Name, Version: 0, registration.RunId, registration.File, registration.ParityError, registration.Sha256, time.GetUtcNow()));
        return added.Version;
    }

    public async Task<Reply<string>> SetAlias(string alias, int? version) => (await models.SetAliasAsync(Name, alias, version)).Map(_ => alias);
}
