using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Favourites;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Experiments;
using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class ExperimentsPage(IExperiments application, IFavourites favouriteList, NavigationManager navigation) : LivePage
{
    private IReadOnlyList<string> favourites = [];
    private string? starting;
    private string find = "";
    private Error? error;

    /// <summary>Handed from the page's first rendering to the live one, so that it does not go blank in between.</summary>
    [PersistentState]
    public IReadOnlyList<ExperimentSummary>? Experiments { get; set; }

    /// <summary>A part of a name.</summary>
    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    /// <summary>Favourites first.</summary>
    private IEnumerable<ExperimentSummary> Shown => Experiments!
        .Where(experiment => Find is not { Length: > 0 } part || experiment.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(experiment => favourites.Contains(experiment.Id));

    private bool IsFirstUse => Experiments is not null && Experiments.All(experiment => experiment.Runs == 0);

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(TimeSpan.FromSeconds(3), LoadAsync);
    }

    protected override void OnParametersSet() => find = Find ?? "";

    private async Task LoadAsync()
    {
        favourites = await favouriteList.OfAsync(TagOwnerKind.Experiment, Gone);
        Experiments = await application.ListAsync(Gone);
    }

    private IEnumerable<IReadOnlyList<string>> Csv() => Shown.Select(experiment => (IReadOnlyList<string>)
    [
        experiment.Id, experiment.Name, string.Join(' ', experiment.Tasks), $"{experiment.Runs}", $"{experiment.ActiveRuns}", CsvText.Number(experiment.BestDeltaM),
        CsvText.Time(experiment.CreatedAt), CsvText.Time(experiment.UpdatedAt),
    ]);

    private void GoFind(string part) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("find", part.Length > 0 ? part : null), new NavigationOptions { ReplaceHistoryEntry = true });

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
