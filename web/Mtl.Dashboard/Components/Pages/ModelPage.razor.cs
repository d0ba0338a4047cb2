using Microsoft.AspNetCore.Components;
using Mtl.Application.Access;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Models;
using Mtl.Core;
using Mtl.Core.Signatures;
using Mtl.Dashboard.Handing;

namespace Mtl.Dashboard.Components.Pages;

/// <summary>One registered model: its versions with stages and aliases, what people say of it, and what it takes and gives where the platform exported it.</summary>
public sealed partial class ModelPage(IModels application, IRegisteredModels registry, IAccess access, Handover handover) : ComponentBase
{
    private RegisteredModelView? model;
    private ModelSignature? signature;
    private Error? error;
    private Error? refusal;
    private string newAlias = "";
    private int aliasVersion;
    private bool canManage;
    private string? loaded;

    [Parameter]
    public string Name { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        if (loaded == Name)
            return;
        (loaded, signature, refusal) = (Name, null, null);
        Show(await handover.ReadAsync(RendererInfo, $"model:{Name}", () => registry.GetAsync(Name)));
        if (model is null)
            return;
        canManage = await handover.ReadAsync(RendererInfo, $"manage:{Name}", async () => !access.Caller.IsOpen && await access.RefuseAsync(Permission.Manage, Resource.RegisteredModel(Name)) is null);
        if (model.Versions.Count > 0)
            aliasVersion = model.Versions[0].Version;
        if (model.Versions.FirstOrDefault(version => version.File.Length > 0) is not { } exported)
            return;
        var read = await handover.ReadAsync(RendererInfo, $"signature:{Name}", () => application.SignatureAsync(Name, $"{exported.Version}"));
        (signature, refusal) = read.Match<(ModelSignature?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private async Task LoadAsync() => Show(await registry.GetAsync(Name));

    private void Show(Result<RegisteredModelView> read) => (model, error) = read.Match<(RegisteredModelView?, Error?)>(value => (value, null), failure => (null, failure));

    private async Task AddAliasAsync()
    {
        if (await SetAliasAsync(newAlias.Trim(), aliasVersion))
            newAlias = "";
    }

    private async Task<bool> SetAliasAsync(string alias, int? version)
    {
        var set = await application.SetAliasAsync(Name, alias, version);
        refusal = set.Error;
        await LoadAsync();
        return set.IsSuccess;
    }

    private async Task SetStageAsync(int version, string stage)
    {
        refusal = null;
        refusal = (await registry.SetStageAsync(Name, version, stage)).Error;
        await LoadAsync();
    }

    private IEnumerable<IReadOnlyList<string>> Csv() => model!.Versions.Select(version => (IReadOnlyList<string>)
    [
        $"{version.Version}", version.Stage, string.Join(' ', model.Aliases.Where(alias => alias.Value == version.Version).Select(alias => alias.Key)), version.RunId, version.Source,
        CsvText.Number(version.ParityError), version.Sha256, $"{version.CreatedAt:O}",
    ]);
}
