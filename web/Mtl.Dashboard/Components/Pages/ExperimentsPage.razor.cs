using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Favourites;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Experiments;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Tracking.Tags;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class ExperimentsPage(IExperiments application, IFavourites favouriteList, NavigationManager navigation, Handover handover) : LivePage
{
    private IReadOnlyList<string> favourites = [];
    private IReadOnlyList<ExperimentSummary>? experiments;
    private string? starting;
    private string find = "";
    private Error? error;

    /// <summary>A part of a name.</summary>
    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    /// <summary>Favourites first.</summary>
    private IEnumerable<ExperimentSummary> Shown => experiments!
        .Where(experiment => Find is not { Length: > 0 } part || experiment.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(experiment => favourites.Contains(experiment.Id));

    private bool IsFirstUse => experiments is not null && experiments.All(experiment => experiment.Runs == 0);

    protected override async Task OnInitializedAsync() => (favourites, experiments) = await handover.ReadAsync(RendererInfo, "experiments", ReadAsync);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(TimeSpan.FromSeconds(3), LoadAsync);
    }

    protected override void OnParametersSet() => find = Find ?? "";

    private async Task LoadAsync() => (favourites, experiments) = await ReadAsync();

    private async Task<(IReadOnlyList<string>, IReadOnlyList<ExperimentSummary>?)> ReadAsync() =>
        (await favouriteList.OfAsync(TagOwnerKind.Experiment, Gone), await application.ListAsync(Gone));

    private IEnumerable<IReadOnlyList<string>> Csv() => Shown.Select(experiment => (IReadOnlyList<string>)
    [
        experiment.Id, experiment.Name, string.Join(' ', experiment.Tasks), $"{experiment.Runs}", $"{experiment.ActiveRuns}", CsvText.Number(experiment.BestDeltaM),
        CsvText.Time(experiment.CreatedAt), CsvText.Time(experiment.UpdatedAt),
    ]);

    private void GoFind(string part) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("find", part.Length > 0 ? part : null), new NavigationOptions { ReplaceHistoryEntry = true });

    private async Task StartAsync(string id)
    {
        if (starting is not null)
            return;
        (starting, error) = (id, null);
        var runs = await application.StartAsync(id, cancellation: Gone);

        // The second of two clicks may come while the browser is leaving the page.
        if (runs.IsSuccess)
            navigation.NavigateTo($"runs/{runs.Value[0]}");
        else
            (starting, error) = (null, runs.Error);
    }
}
