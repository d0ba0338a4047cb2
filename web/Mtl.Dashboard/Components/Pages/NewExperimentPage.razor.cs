using Microsoft.AspNetCore.Components;
using Mtl.Application.Datasets;
using Mtl.Application.Experiments;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Datasets;
using Radzen;

namespace Mtl.Dashboard.Components.Pages;

/// <summary>The wizard. Step and table stand in the address; the rest is kept by the browser tab, so that a reload loses nothing.</summary>
public sealed partial class NewExperimentPage(
    IExperiments experiments, IDatasets datasets, ICatalogue catalogue, NavigationManager navigation, NotificationService notifications, PageScripts scripts,
    Handover handover) : ComponentBase
{
    private const string MemoryKey = "mtl-new-experiment";

    private readonly WizardState state = new(catalogue);
    private (string Dataset, TaskDefinition[] Tasks) judged = ("", []);
    private ElementReference heading;
    private WizardStep shown;
    private bool isStarting;

    [SupplyParameterFromQuery(Name = "dataset")]
    private string? DatasetId { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    private string? StepName { get; set; }

    private WizardStep Current => Enum.TryParse<WizardStep>(StepName, ignoreCase: true, out var step) && step <= state.Reachable ? step : WizardStep.Data;

    protected override async Task OnParametersSetAsync()
    {
        if (DatasetId is { Length: > 0 } id && state.Dataset?.Id != id && await handover.ReadAsync(RendererInfo, $"dataset:{id}", () => datasets.GetAsync(id)) is { IsSuccess: true } found)
            await ReadAsync(found.Value);
        await SuspectAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await RestoreAsync();
        else if (shown != Current)
            await scripts.BeginAsync(heading);
        shown = Current;
    }

    private async Task RestoreAsync()
    {
        if (state.Dataset is null)
            return;
        state.Restore(await scripts.RecallAsync(MemoryKey));
        await SuspectAsync();
        StateHasChanged();
    }

    private async Task UseAsync(Dataset dataset)
    {
        await ReadAsync(dataset);
        if (state.Error is null)
            Open(WizardStep.Data);
    }

    private async Task ReadAsync(Dataset dataset)
    {
        var profile = await handover.ReadAsync(RendererInfo, $"profile:{dataset.Id}", () => datasets.ProfileAsync(dataset.Id));
        state.Error = profile.Error is { } error ? error with { Field = "data" } : null;
        if (profile.IsSuccess)
            state.Use(dataset, profile.Value);
    }

    /// <summary>Behind the tasks' step every step knows the leaks, whichever way it was come to: what is suspected is left out.</summary>
    private async Task SuspectAsync()
    {
        if (Current <= WizardStep.Tasks || state.Dataset is not { } dataset)
            return;
        var tasks = state.Draft.Tasks.Select(task => task.ToDefinition()).ToArray();
        if ((judged.Dataset == dataset.Id && judged.Tasks.SequenceEqual(tasks)) || await datasets.LeaksAsync(dataset.Id, tasks) is not { IsSuccess: true } leaks)
            return;
        state.Suspect(leaks.Value);
        judged = (dataset.Id, tasks);
    }

    private string Address(WizardStep step) => $"experiments/new?step={$"{step}".ToLowerInvariant()}" + (state.Dataset is { } dataset ? $"&dataset={Uri.EscapeDataString(dataset.Id)}" : "");

    private void Open(WizardStep step) => navigation.NavigateTo(Address(step));

    /// <summary>After each change: it is held against the rules, and the tab remembers it.</summary>
    private Task KeepAsync()
    {
        state.Check();
        return scripts.RememberAsync(MemoryKey, state.Save());
    }

    private Task RewriteAsync(ExperimentDefinition definition)
    {
        state.Take(definition);
        return KeepAsync();
    }

    private async Task StartAsync()
    {
        if (state.Blocked(WizardStep.Review) is not null)
            return;
        (isStarting, state.Error) = (true, null);
        var created = await experiments.CreateAsync(state.ToDefinition());
        var started = created.IsSuccess ? await experiments.StartAsync(created.Value) : created.Error;
        isStarting = false;
        if (created.IsSuccess)
        {
            await scripts.ForgetAsync(MemoryKey);
            if (!started.IsSuccess)
                notifications.Notify(NotificationSeverity.Error, "The experiment is stored, but no run could be started.", started.Error.ToString(), duration: double.MaxValue);
            navigation.NavigateTo(started.IsSuccess ? $"runs/{started.Value[0]}" : $"experiments/{created.Value}");
            return;
        }

        state.Error = created.Error;
        Open(WizardState.StepOf(created.Error.Field));
    }
}
