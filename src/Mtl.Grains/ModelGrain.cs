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

    public async Task<Reply<string>> SetAlias(string alias, int? version) => AliasName().IsMatch(alias) && !VersionName().IsMatch(alias)
        ? (await models.SetAliasAsync(Name, alias, version)).Map(_ => alias)
        : Error.Invalid(
            $"'{alias}' can't be an alias; an alias has 1 to 255 letters, digits, '-', '_' and '.', and is neither a version ('3', 'v3') nor 'latest'.", "Take a name such as 'production'.", "alias");

    [GeneratedRegex(@"^[\w.-]{1,255}\z")]
    private static partial Regex AliasName();

    [GeneratedRegex(@"^([vV]?\d+|latest)\z", RegexOptions.IgnoreCase)]
    private static partial Regex VersionName();
}
