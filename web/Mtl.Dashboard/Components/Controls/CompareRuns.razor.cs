using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Runs;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Metrics;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>Runs of one experiment side by side: one curve of each, test metrics, differences.</summary>
public sealed partial class CompareRuns(IRuns runs, IRunTable table, MetricNames names, NavigationManager navigation, Handover handover) : LivePage
{
    private const string DeltaM = "all/delta_m";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>The newest runs, and those that are picked further back.</summary>
    private IReadOnlyList<RunSummary> listed = [];
    private bool hasOlder;

    /// <summary>The runs over parallel axes: the picked ones, or the newest.</summary>
    private IReadOnlyList<RunTableRow> lines = [];
    private RunComparison? comparison;
    private CurveSource? source;
    private string? loaded;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    [Parameter, EditorRequired]
    public ExperimentDefinition Definition { get; set; } = null!;

    /// <summary>The picked runs as they stand in the address, separated by commas; null for the usual ones.</summary>
    [Parameter]
    public string? RunIds { get; set; }

    /// <summary>The key of the curve shown.</summary>
    [Parameter]
    public string? Metric { get; set; }

    /// <summary>The axes of the parallel coordinates, as they stand in the address.</summary>
    [Parameter]
    public string? Axes { get; set; }

    private MetricNames Names => names;

    private IReadOnlyList<string> Chosen => RunIds is null ? RunComparison.Usual(listed) : RunIds.Split(',', StringSplitOptions.RemoveEmptyEntries);

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(Period, LoadAsync);
    }

    private async Task LoadAsync()
    {
        var page = await handover.ReadAsync(RendererInfo, $"newest:{ExperimentId}", () => runs.PageAsync(ExperimentId, cancellation: Gone));
        if (!page.IsSuccess)
            return;
        var newest = page.Value.Items;
        var older = RunIds?.Split(',', StringSplitOptions.RemoveEmptyEntries).Except(newest.Select(run => run.Id)).ToArray() ?? [];
        var further = older.Length > 0 ? await handover.ReadAsync(RendererInfo, $"older:{RunIds}", () => runs.OfAsync(older, Gone)) : [];
        (listed, hasOlder) = ([.. newest, .. further], page.Value.NextToken is not null);

        // Read again only when the picked runs or the state of one of them has changed.
        var wanted = string.Join('|', Chosen.Select(id => listed.FirstOrDefault(run => run.Id == id)).OfType<RunSummary>().Select(run => $"{run.Id}:{run.Status}:{run.DeltaM}"));
        if (wanted == loaded)
            return;
        loaded = wanted;
        var compared = await handover.ReadAsync(RendererInfo, $"comparison:{wanted}", CompareAsync);
        if (wanted != loaded)
            return;
        (comparison, var histories, lines) = compared;
        source = new CurveSource(key => CurveData.Of(histories.GetValueOrDefault(key, [])));
    }

    private async Task<(RunComparison, IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>, IReadOnlyList<RunTableRow>)> CompareAsync()
    {
        var details = new List<RunDetails>();
        var histories = new Dictionary<string, IReadOnlyList<MetricPoint>>();
        foreach (var id in Chosen)
        {
            if (await runs.GetAsync(id, Gone) is not { IsSuccess: true } run)
                continue;
            details.Add(run.Value);
            if (await runs.MetricsAsync(id, cancellation: Gone) is { IsSuccess: true } metrics)
                foreach (var (key, points) in metrics.Value)
                    histories[$"{id}:{key}"] = points;
        }

        var rows = RunIds is null
            ? (await table.PageAsync(new RunTableQuery(ExperimentId) { PageSize = IRuns.PageSize }, Gone)).Match(page => page.Rows, _ => [])
            : await table.OfAsync(Chosen, Gone);
        return (new RunComparison(details, [.. histories.Keys.Select(key => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]).Distinct()]), histories, rows);
    }

    private string Label(string key) => MetricKey.Parse(key) switch
    {
        { Split.Length: 0 } plain => $"{plain.Task}: {Names.Title(plain.Name)}",
        var split => $"{split.Task}: {Names.Title(split.Name)} ({(split.Split == "val" ? "validation" : split.Split)})",
    };

    private string Shown(IReadOnlyList<string> keys)
    {
        var task = Definition.Tasks[0];
        var usual = $"{task.Name}/val_{PrimaryMetric.Of(task.Kind)}";
        return keys.Contains(Metric) ? Metric! : keys.FirstOrDefault(key => key == usual) ?? keys[0];
    }

    /// <summary>What came out of the runs: the change against the baseline where that is known, else what the curve shows.</summary>
    private string? Outcome(IReadOnlyList<string> keys) => lines.Any(run => run.Metrics.ContainsKey(DeltaM)) ? DeltaM : keys.Count > 0 ? Shown(keys) : null;

    private static CurveChart Chart(RunComparison comparison, string key) =>
        new(key, "Curves", MetricKey.All, key, [.. comparison.Runs.Select((run, i) => new CurveSeries($"{run.Summary.Id}:{key}", run.Summary.Name, CurveBoard.Distinct(i)))], []);

    private IEnumerable<IReadOnlyList<string>> MetricsCsv() =>
        comparison!.Metrics().Select(row => (IReadOnlyList<string>)[row.Task, row.Metric, .. row.Values.Select(CsvText.Number)])
            .Append([MetricKey.All, "delta_m", .. comparison.Runs.Select(run => CsvText.Number(run.Summary.DeltaM))]);

    private void Pick(string id, bool isPicked) => Show(runIds: string.Join(',', isPicked ? [.. Chosen, id] : Chosen.Where(other => other != id)));

    private void Show(string? runIds = null, string? metric = null) => navigation.NavigateTo(
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["runs"] = runIds ?? RunIds, ["metric"] = metric ?? Metric }),
        new NavigationOptions { ReplaceHistoryEntry = true });
}
