using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Runs;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Metrics;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>Runs side by side, whoever logged them: one curve of each, what they were given, what came out.</summary>
public sealed partial class CompareTracked(IRunTable table, IRuns runs, NavigationManager navigation, Handover handover) : ComponentBase
{
    /// <summary>Colours tell no more apart.</summary>
    private const int MostRuns = 20;

    private const int UsualRuns = 5;

    /// <summary>Lines over parallel axes are told apart by where they end, so there may be more of them.</summary>
    private const int MostLines = 200;

    private IReadOnlyList<RunTableRow> lines = [];

    private TrackedComparison? comparison;
    private CurveSource? source;
    private string? loaded;
    private bool onlyDiffering = true;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    /// <summary>The compared runs as they stand in the address, separated by commas; null for the newest.</summary>
    [Parameter]
    public string? RunIds { get; set; }

    /// <summary>The metric whose curves are shown.</summary>
    [Parameter]
    public string? Metric { get; set; }

    /// <summary>The axes of the parallel coordinates, as they stand in the address.</summary>
    [Parameter]
    public string? Axes { get; set; }

    private string ShownMetric => comparison!.Metrics.Contains(Metric) ? Metric! : comparison.Metrics.FirstOrDefault(key => key.Contains("loss", StringComparison.OrdinalIgnoreCase)) ?? comparison.Metrics[0];

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{ExperimentId}:{RunIds}";
        if (wanted == loaded)
            return;
        loaded = wanted;
        (comparison, lines, var histories) = await handover.ReadAsync(RendererInfo, $"comparison:{wanted}", ReadAsync);
        source = new CurveSource(key => CurveData.Of(histories.GetValueOrDefault(key, [])));
    }

    private async Task<(TrackedComparison, IReadOnlyList<RunTableRow> Lines, IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>)> ReadAsync()
    {
        var all = RunIds is null
            ? (await table.PageAsync(new RunTableQuery(ExperimentId) { PageSize = MostLines })).Match(page => page.Rows, _ => [])
            : await table.OfAsync([.. RunIds.Split(',', StringSplitOptions.RemoveEmptyEntries).Take(MostLines)]);
        RunTableRow[] rows = [.. all.Take(RunIds is null ? UsualRuns : MostRuns)];
        var histories = new Dictionary<string, IReadOnlyList<MetricPoint>>();
        foreach (var row in rows)
        {
            if (await runs.MetricsAsync(row.Id) is { IsSuccess: true } metrics)
                foreach (var (key, points) in metrics.Value)
                    histories[$"{row.Id}:{key}"] = points;
        }

        return (new TrackedComparison(rows), all, histories);
    }

    private CurveChart Chart(string metric) =>
        new(metric, "Curves", MetricKey.All, metric, [.. comparison!.Runs.Select((run, i) => new CurveSeries($"{run.Id}:{metric}", run.Name, CurveBoard.Distinct(i)))], []);

    private IEnumerable<IReadOnlyList<string>> Csv() =>
        comparison!.Parameters(onlyDiffering: false).Select(row => (IReadOnlyList<string>)[$"params.{row.Key}", .. row.Values.Select(value => value ?? "")])
            .Concat(comparison.Tags(onlyDiffering: false).Select(row => (IReadOnlyList<string>)[$"tags.{row.Key}", .. row.Values.Select(value => value ?? "")]))
            .Concat(comparison.Metrics.Select(key => (IReadOnlyList<string>)[$"metrics.{key}", .. comparison.Runs.Select(run => run.Text(ColumnKey.Metric(key)))]));

    private void Go(string name, string? value) => navigation.NavigateTo(navigation.GetUriWithQueryParameter(name, value), new NavigationOptions { ReplaceHistoryEntry = true });
}
