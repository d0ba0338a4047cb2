using Microsoft.AspNetCore.Components;
using Mtl.Application.Access;
using Mtl.Application.Models;
using Mtl.Core;
using Mtl.Core.Signatures;
using Mtl.Tracking.Models;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class ModelPage(IModels application, IAccess access) : ComponentBase
{
    private IReadOnlyList<ModelVersion> versions = [];
    private IReadOnlyDictionary<string, int> aliases = new Dictionary<string, int>();
    private ModelSignature? signature;
    private Error? error;
    private Error? refusal;
    private string newAlias = "";
    private int aliasVersion;
    private bool canManage;

    [Parameter]
    public string Name { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        versions = [.. (await application.ListAsync()).Where(version => version.Name == Name).OrderByDescending(version => version.Version)];
        if (versions.Count == 0)
        {
            error = Error.NotFound($"There is no model named '{Name}'", "A model is exported when a run completes.");
            return;
        }

        aliasVersion = versions[0].Version;
        canManage = !access.Caller.IsOpen && await access.RefuseAsync(Permission.Manage, Resource.RegisteredModel(Name)) is null;
        aliases = await application.AliasesAsync(Name);
        var read = await application.SignatureAsync(Name);
        (signature, refusal) = read.Match<(ModelSignature?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private async Task AddAliasAsync()
    {
        if (await SetAliasAsync(newAlias.Trim(), aliasVersion))
            newAlias = "";
    }

    private async Task<bool> SetAliasAsync(string alias, int? version)
    {
        var set = await application.SetAliasAsync(Name, alias, version);
        refusal = set.Error;
        aliases = await application.AliasesAsync(Name);
        return set.IsSuccess;
    }
}
