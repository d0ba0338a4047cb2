using Microsoft.AspNetCore.Components;
using Mtl.Application.Access;
using Mtl.Application.Collaboration.Views;
using Mtl.Application.Experiments;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Components.Controls;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Radzen;

namespace Mtl.Dashboard.Components.Pages;

/// <summary>One experiment: with a definition its tasks and the runs that the platform trains; otherwise the runs that clients log.</summary>
public sealed partial class ExperimentPage(
    IExperiments application, IExperimentHeaders headers, IViews views, IRuns runs, IAccess access, ICatalogue catalogue, NavigationManager navigation, DialogService dialogs,
    Handover handover) : LivePage
{
    private ExperimentHeader? header;

    /// <summary>The runs whose settings a variant may start from.</summary>
    private IReadOnlyList<RunSummary> sources = [];
    private RunGridState state = new();
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

    /// <summary>Of the parallel coordinates.</summary>
    [SupplyParameterFromQuery]
    private string? Axes { get; set; }

    [SupplyParameterFromQuery]
    private string? Format { get; set; }

    [SupplyParameterFromQuery]
    private string? Filter { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Columns { get; set; }

    [SupplyParameterFromQuery]
    private string? Archived { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    /// <summary>A saved view whose state takes the place of the address's.</summary>
    [SupplyParameterFromQuery]
    private string? View { get; set; }

    /// <summary>What runs are grouped by.</summary>
    [SupplyParameterFromQuery]
    private string? By { get; set; }

    /// <summary>The run that a variant starts from; the experiment itself when there is none.</summary>
    [SupplyParameterFromQuery]
    private string? From { get; set; }

    /// <summary>Runs of a definition have a page of their own; the table is the first page where there is none.</summary>
    private string TableTab => header?.Definition is null ? "" : "table";

    private string CurrentTab => Tab switch
    {
        "compare" or "groups" or "notes" or "table" or "permissions" => Tab,
        "variant" or "definition" when header?.Definition is not null => Tab,
        _ => header?.Definition is null ? "table" : "runs",
    };

    private TabLink[] Tabs =>
    [
        .. header?.Definition is null
            ? (TabLink[])[new("table", "Runs", $"experiments/{Id}")]
            : [new("runs", "Runs", $"experiments/{Id}"), new("table", "Table", $"experiments/{Id}?tab=table")],
        new("groups", "Groups", $"experiments/{Id}?tab=groups{(state.Filter.Length > 0 ? $"&filter={Uri.EscapeDataString(state.Filter)}" : "")}"),
        new("compare", "Compare", $"experiments/{Id}?tab=compare"),
        .. header?.Definition is null
            ? (TabLink[])[]
            : [new("variant", "New variant", $"experiments/{Id}?tab=variant"), new("definition", "Definition", $"experiments/{Id}?tab=definition")],
        new("notes", "Notes", $"experiments/{Id}?tab=notes"),
        .. canManage ? [new TabLink("permissions", "Permissions", $"experiments/{Id}?tab=permissions")] : (TabLink[])[],
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (View is { Length: > 0 } && await views.GetAsync(View, Gone) is { IsSuccess: true } view)
        {
            navigation.NavigateTo($"experiments/{Id}?{(Tab is { Length: > 0 } ? $"tab={Uri.EscapeDataString(Tab)}&" : "")}{view.Value.Query}", new NavigationOptions { ReplaceHistoryEntry = true });
            return;
        }

        state = RunGridState.Of(Filter, Sort, Columns, Archived, After);
        if (header?.Id != Id)
        {
            Show(await handover.ReadAsync(RendererInfo, $"experiment:{Id}", () => headers.GetAsync(Id, Gone)));
            canManage = await handover.ReadAsync(RendererInfo, $"manage:{Id}", async () => !access.Caller.IsOpen && await access.RefuseAsync(Permission.Manage, Resource.Experiment(Id), Gone) is null);
        }

        if (CurrentTab == "variant" && header?.Definition is { } definition && (variant is null || variantFrom != (From ?? "")))
            await MakeVariantAsync(definition);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && error is null)
            Every(TimeSpan.FromSeconds(2), LoadAsync);
    }

    private async Task LoadAsync() => Show(await headers.GetAsync(Id, Gone));

    private void Show(Result<ExperimentHeader> read) => (header, error) = read.Match<(ExperimentHeader?, Error?)>(value => (value, null), failure => (null, failure));

    private async Task MakeVariantAsync(ExperimentDefinition definition)
    {
        variantFrom = From ?? "";
        var newest = (await handover.ReadAsync(RendererInfo, $"sources:{Id}", () => runs.PageAsync(Id, cancellation: Gone))).Match(page => page.Items, _ => []);
        sources = variantFrom.Length == 0 || newest.Any(run => run.Id == variantFrom) ? newest : [.. newest, .. await runs.OfAsync([variantFrom], Gone)];
        if (variantFrom.Length > 0 && await runs.GetAsync(variantFrom, Gone) is { IsSuccess: true, Value.Definition: { } other })
            definition = other;
        variant = new DefinitionDraft(catalogue, definition);
    }

    private async Task StartAsync(ExperimentDefinition? definition)
    {
        if (isStarting)
            return;
        (isStarting, refusal) = (true, null);
        var started = await application.StartAsync(Id, definition, Gone);

        // The second of two clicks may come while the browser is leaving the page.
        if (started.IsSuccess)
            navigation.NavigateTo($"runs/{started.Value[0]}");
        else
            (isStarting, refusal) = (false, started.Error);
    }

    private async Task<Error?> RenameAsync(string name)
    {
        var renamed = await headers.RenameAsync(Id, name, Gone);
        if (renamed.IsSuccess)
            await LoadAsync();
        return renamed.Error;
    }

    private async Task DeleteAsync()
    {
        var isSure = await dialogs.Confirm(
            $"'{header!.Name}' goes from the list, and its runs with it. Exported models stay.", "Delete this experiment?", new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Keep it" });
        if (isSure != true)
            return;
        var deleted = await application.DeleteAsync(Id, Gone);
        refusal = deleted.Error;
        if (deleted.IsSuccess)
            navigation.NavigateTo("");
    }
}
