using Microsoft.AspNetCore.Components;
using Mtl.Application.Experiments;
using Mtl.Core;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class ExperimentsPage(IExperiments application, NavigationManager navigation) : LivePage
{
    private IReadOnlyList<ExperimentSummary>? experiments;
    private string? starting;
    private Error? error;

    private bool IsFirstUse => experiments is not null && experiments.All(experiment => experiment.Runs == 0);

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(TimeSpan.FromSeconds(3), LoadAsync);
    }

    private async Task LoadAsync() => experiments = await application.ListAsync(Gone);

    private async Task StartAsync(string id)
    {
        (starting, error) = (id, null);
        var runs = await application.StartAsync(id, cancellation: Gone);
        starting = null;
        if (runs.IsSuccess)
            navigation.NavigateTo($"runs/{runs.Value[0]}");
        else
            error = runs.Error;
    }
}
