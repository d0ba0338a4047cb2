using Microsoft.AspNetCore.Components;
using Mtl.Application.Access;
using Mtl.Application.Experiments;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Components.Controls;
using Mtl.Dashboard.Models;
using Radzen;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class ExperimentPage(IExperiments application, IRuns runs, IAccess access, ICatalogue catalogue, NavigationManager navigation, DialogService dialogs) : LivePage
{
    private ExperimentDetails? details;
    private DefinitionDraft? variant;
    private string? variantFrom;
    private Error? error;
    private Error? refusal;
    private bool isStarting;
    private bool canManage;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "runs")]
    private string? RunIds { get; set; }

    [SupplyParameterFromQuery]
    private string? Metric { get; set; }

    [SupplyParameterFromQuery]
    private string? Format { get; set; }

    /// <summary>The run that a variant starts from; the experiment itself when there is none.</summary>
    [SupplyParameterFromQuery]
    private string? From { get; set; }

    private string CurrentTab => Tab is "compare" or "variant" or "definition" or "permissions" ? Tab : "runs";

    private TabLink[] Tabs =>
    [
        new("runs", "Runs", $"experiments/{Id}"),
        new("compare", "Compare", $"experiments/{Id}?tab=compare"),
        .. details?.Definition is null
            ? (TabLink[])[]
            : [new("variant", "New variant", $"experiments/{Id}?tab=variant"), new("definition", "Definition", $"experiments/{Id}?tab=definition")],
        .. canManage ? [new TabLink("permissions", "Permissions", $"experiments/{Id}?tab=permissions")] : (TabLink[])[],
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (details?.Id != Id)
        {
            canManage = !access.Caller.IsOpen && await access.RefuseAsync(Permission.Manage, Resource.Experiment(Id), Gone) is null;
            await LoadAsync();
        }

        if (CurrentTab == "variant" && details?.Definition is { } definition && (variant is null || variantFrom != (From ?? "")))
            await MakeVariantAsync(definition);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && error is null)
            Every(TimeSpan.FromSeconds(2), LoadAsync);
    }

    private async Task LoadAsync()
    {
        var read = await application.GetAsync(Id, Gone);
        (details, error) = read.Match<(ExperimentDetails?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private async Task MakeVariantAsync(ExperimentDefinition definition)
    {
        variantFrom = From ?? "";
        if (variantFrom.Length > 0 && await runs.GetAsync(variantFrom, Gone) is { IsSuccess: true, Value.Definition: { } other })
            definition = other;
        variant = new DefinitionDraft(catalogue, definition);
    }

    private async Task StartAsync(ExperimentDefinition? definition)
    {
        (isStarting, refusal) = (true, null);
        var started = await application.StartAsync(Id, definition, Gone);
        isStarting = false;
        if (started.IsSuccess)
            navigation.NavigateTo($"runs/{started.Value[0]}");
        else
            refusal = started.Error;
    }

    private async Task DeleteAsync()
    {
        var isSure = await dialogs.Confirm(
            $"'{details!.Name}' goes from the list, and its runs with it. Exported models stay.", "Delete this experiment?", new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Keep it" });
        if (isSure != true)
            return;
        var deleted = await application.DeleteAsync(Id, Gone);
        refusal = deleted.Error;
        if (deleted.IsSuccess)
            navigation.NavigateTo("");
    }
}
