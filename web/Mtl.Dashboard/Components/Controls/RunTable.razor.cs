using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>The runs that the platform trains for an experiment, page by page, as they go on.</summary>
public sealed partial class RunTable(IRuns runs, MetricNames names, NavigationManager navigation, Handover handover) : LivePage
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>The rows that a figure of the table may be of, those that come first.</summary>
    private static readonly string[] Splits = ["test", "val"];

    private readonly List<string> selected = [];
    private IReadOnlyList<RunSummary>? rows;
    private string? next;
    private Error? error;
    private (string Experiment, string? After)? loaded;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    [Parameter, EditorRequired]
    public ExperimentDefinition Definition { get; set; } = null!;

    /// <summary>Where the page begins; null for the first.</summary>
    [Parameter]
    public string? After { get; set; }

    private MetricNames Names => names;

    /// <summary>Of all runs, with the columns of the table.</summary>
    private string CsvAddress => new RunGridState().CsvAddress(
        ExperimentId,
        [
            ColumnKey.Attribute("status"), ColumnKey.Attribute("start_time"), ColumnKey.Attribute("duration"),
            .. Definition.Tasks.SelectMany(task => Splits.Select(split => ColumnKey.Metric($"{task.Name}/{split}_{PrimaryMetric.Of(task.Kind)}"))), ColumnKey.Metric("all/delta_m"),
        ]);

    protected override async Task OnParametersSetAsync()
    {
        if (loaded == (ExperimentId, After))
            return;
        if (loaded?.Experiment != ExperimentId)
            selected.Clear();
        loaded = (ExperimentId, After);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(Period, LoadAsync);
    }

    private static double? Value(RunSummary run, TaskDefinition task)
    {
        var metric = PrimaryMetric.Of(task.Kind);
        return run.Metrics.TryGetValue($"{task.Name}/test_{metric}", out var test) ? test : run.Metrics.TryGetValue($"{task.Name}/val_{metric}", out var validation) ? validation : null;
    }

    private async Task LoadAsync()
    {
        var asked = loaded;
        var page = await handover.ReadAsync(RendererInfo, $"newest:{ExperimentId}:{After}", () => runs.PageAsync(ExperimentId, After, Gone));
        if (asked != loaded)
            return;
        error = page.Error;
        if (page.IsSuccess)
            (rows, next) = (page.Value.Items, page.Value.NextToken);
    }

    private void Pick(string id, bool isPicked)
    {
        selected.Remove(id);
        if (isPicked)
            selected.Add(id);
    }

    private void Compare() => navigation.NavigateTo($"experiments/{ExperimentId}?tab=compare&runs={string.Join(',', selected)}");
}
