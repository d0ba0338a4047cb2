using System.Text.RegularExpressions;
using Mtl.Core;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Models;
using Orleans;

namespace Mtl.Grains;

/// <inheritdoc cref="IModelGrain"/>
public sealed partial class ModelGrain(IModelStore models, TimeProvider time) : Grain, IModelGrain
{
    private string Name => this.GetPrimaryKeyString();

    public async Task<Reply<int>> Register(ModelRegistration registration)
    {
        var added = await models.AddAsync(new ModelVersion(
            Name, Version: 0, registration.RunId, registration.File, registration.ParityError, registration.Sha256, time.GetUtcNow()));
        return added.Version;
    }

    public async Task<Reply<string>> SetAlias(string alias, int? version) => AliasName().IsMatch(alias) && alias != "latest"
        ? (await models.SetAliasAsync(Name, alias, version)).Map(_ => alias)
        : Error.Invalid(
            $"'{alias}' can't be an alias; an alias has 1 to 64 letters, digits, '-', '_' and '.', begins with a letter, and is not 'latest'.", "Take a name such as 'production'.", "alias");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
    private static partial Regex AliasName();
}
