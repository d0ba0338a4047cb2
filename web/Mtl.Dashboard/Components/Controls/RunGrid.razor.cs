using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Filing;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Experiments;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>An experiment's runs as a table that shows what is chosen, page by page, and new runs as they come.</summary>
public sealed partial class RunGrid(IRunTable table, IRunFiling filing, IExperiments experiments, NavigationManager navigation, Handover handover, TimeProvider time) : LivePage
{
    private static readonly ColumnKey Name = ColumnKey.Attribute("run_name");
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly HashSet<string> selected = [];
    private IReadOnlyList<RunTableRow> rows = [];
    private IReadOnlyList<ColumnKey> shown = [];
    private IReadOnlyList<ExperimentSummary>? targets;
    private string? next;
    private string filter = "";
    private string target = "";
    private Error? error;
    private Error? refusal;
    private bool isLoaded;
    private bool isBusy;
    private (string Experiment, RunGridState State)? loaded;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    [Parameter, EditorRequired]
    public RunGridState State { get; set; } = new();

    /// <summary>The tab of the experiment's page that the table is on; empty for the first.</summary>
    [Parameter]
    public string Tab { get; set; } = "";

    private string Here => navigation.BaseUri.TrimEnd('/');

    protected override async Task OnParametersSetAsync()
    {
        if (loaded is { } before && before.Experiment == ExperimentId && $"{before.State.ViewQuery()}|{before.State.After}" == $"{State.ViewQuery()}|{State.After}")
            return;
        loaded = (ExperimentId, State);
        filter = State.Filter;
        selected.Clear();
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(Period, LoadAsync);
    }

    private static string KindTitle(SearchField field) => field switch
    {
        SearchField.Metric => "Metrics",
        SearchField.Parameter => "Parameters",
        SearchField.Tag => "Tags",
        _ => "Run",
    };

    private static bool IsNumber(ColumnKey column) => column.Field == SearchField.Metric || column.Key == "duration" && column.Field == SearchField.Attribute;

    private string? SortWord(ColumnKey column) => State.Sort == column ? State.IsDescending ? "descending" : "ascending" : null;

    private string SortMark(ColumnKey column) => State.Sort == column ? State.IsDescending ? " ↓" : " ↑" : "";

    private async Task LoadAsync()
    {
        var state = State;
        var page = await handover.ReadAsync(RendererInfo, $"rows:{ExperimentId}:{state.ViewQuery()}:{state.After}", () => table.PageAsync(state.Query(ExperimentId), Gone));
        if (state != State)
            return;
        error = page.Error;
        if (page.IsSuccess)
            (rows, next, isLoaded) = (page.Value.Rows, page.Value.NextToken, true);
        shown = state.Shown(rows);
    }

    private string AddressOf(RunGridState state)
    {
        var parameters = state.Parameters().Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Key}={Uri.EscapeDataString($"{parameter.Value}")}");
        var query = string.Join('&', (Tab.Length > 0 ? [$"tab={Tab}"] : Array.Empty<string>()).Concat(parameters));
        return $"experiments/{ExperimentId}{(query.Length > 0 ? $"?{query}" : "")}";
    }

    private void Go(RunGridState state) => navigation.NavigateTo(AddressOf(state));

    private void Choose(ColumnKey column, bool isChosen) => Go(State with { Columns = isChosen ? [.. shown, column] : [.. shown.Where(other => other != column)] });

    private void Pick(string id, bool isPicked)
    {
        if (isPicked)
            selected.Add(id);
        else
            selected.Remove(id);
    }

    private void PickAll(bool isPicked)
    {
        foreach (var row in rows)
            Pick(row.Id, isPicked);
    }

    private Task ArchiveAsync() => ChangeAsync(runs => filing.ArchiveAsync(runs, Gone));

    private Task RestoreAsync() => ChangeAsync(runs => filing.RestoreAsync(runs, Gone));

    private Task MoveAsync() => ChangeAsync(runs => filing.MoveAsync(runs, target, Gone));

    private async Task AskWhereAsync() => targets = [.. (await experiments.ListAsync(Gone)).Where(experiment => experiment.Id != ExperimentId)];

    private async Task ChangeAsync(Func<IReadOnlyList<string>, Task<Result<int>>> change)
    {
        isBusy = true;
        var changed = await change([.. selected]);
        (isBusy, refusal, targets, target) = (false, changed.Error, null, "");
        if (changed.IsSuccess)
            selected.Clear();
        await LoadAsync();
    }
}
