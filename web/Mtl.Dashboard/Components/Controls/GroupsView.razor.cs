using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Tables;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>Runs over their seeds: means with a band, and a table with n, mean and standard deviation.</summary>
public sealed partial class GroupsView(IRunGroups application, NavigationManager navigation, Handover handover) : ComponentBase
{
    private const int MostMetrics = 8;

    private RunGroups? groups;
    private IReadOnlyList<int> telling = [];
    private IReadOnlyList<GroupCurve> curves = [];
    private CurveSource? source;
    private Error? error;
    private string? loaded;
    private string chartKey = "";

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    [Parameter]
    public string? Filter { get; set; }

    /// <summary>The columns as they stand in the address; null for the usual ones.</summary>
    [Parameter]
    public string? By { get; set; }

    [Parameter]
    public string? Metric { get; set; }

    /// <summary>The tab that the table of runs is on.</summary>
    [Parameter]
    public string TableTab { get; set; } = "";

    private string ShownMetric => groups!.Metrics.Contains(Metric) ? Metric! : groups.Metrics.FirstOrDefault(key => key.Contains("loss", StringComparison.OrdinalIgnoreCase)) ?? groups.Metrics[0];

    private IEnumerable<string> TableMetrics => groups!.Metrics.OrderByDescending(key => key == Metric).Take(MostMetrics);

    /// <summary>Columns that follow from those that tell the groups apart.</summary>
    private IEnumerable<int> Others => Enumerable.Range(0, groups!.By.Count).Except(telling);

    private ColumnKey[] GroupColumns => [.. groups!.By, .. TableMetrics.Select(ColumnKey.Metric)];

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{ExperimentId}|{Filter}|{By}|{Metric}";
        if (wanted == loaded)
            return;
        loaded = wanted;
        var query = new RunGroupQuery(new RunTableQuery(ExperimentId) { Filter = Filter ?? "" }, ColumnKey.ParseList(By));
        var grouped = await handover.ReadAsync(RendererInfo, $"groups:{wanted}", () => application.GroupAsync(query));
        (groups, error) = grouped.Match<(RunGroups?, Error?)>(value => (value, null), failure => (null, failure));
        telling = groups is null ? [] : GroupText.Telling(groups);
        if (groups is null || groups.Metrics.Count == 0)
            return;
        curves = (await handover.ReadAsync(RendererInfo, $"curves:{wanted}", () => application.CurvesAsync(query, ShownMetric))).Match(value => value, _ => []);
        source = new CurveSource(Read);
        chartKey = wanted;
    }

    private static string Key(int index, string part) => $"{index}:{part}";

    private CurveChart Chart() => new(ShownMetric, ShownMetric, MetricKey.All, ShownMetric, [.. curves.SelectMany(Series)], []);

    private IEnumerable<CurveSeries> Series(GroupCurve curve, int index)
    {
        var colour = CurveBoard.Distinct(index);
        var group = groups!.Groups.First(group => group.Label(groups.By) == curve.Label);
        yield return new CurveSeries(Key(index, "mean"), $"{GroupText.Label(group, groups.By, telling)} (n = {curve.Runs})", colour) { Band = (Key(index, "high"), Key(index, "low")) };
        yield return new CurveSeries(Key(index, "high"), "", colour) { IsEdge = true };
        yield return new CurveSeries(Key(index, "low"), "", colour) { IsEdge = true };
    }

    private CurveData Read(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var points = curves[int.Parse(key.AsSpan(0, colon), System.Globalization.CultureInfo.InvariantCulture)].Points;
        var side = key[(colon + 1)..] switch { "high" => 1, "low" => -1, _ => 0 };
        return new CurveData([.. points.Select(point => point.Step)], [.. points.Select(point => (double?)(point.Mean + (side * (point.Deviation ?? 0))))]);
    }

    private string[] CsvHeader() => [.. groups!.By.Select(column => $"{column}"), "n", .. groups.Metrics.SelectMany(key => new[] { $"{key} mean", $"{key} sd", $"{key} n" })];

    private IEnumerable<IReadOnlyList<string>> Csv() => groups!.Groups.Select(group => (IReadOnlyList<string>)
    [
        .. group.Values,
        $"{group.RunIds.Count}",
        .. groups.Metrics.Select(key => group.Metrics.GetValueOrDefault(key)).SelectMany(spread => new[] { CsvText.Number(spread?.Mean), CsvText.Number(spread?.Deviation), $"{spread?.Runs ?? 0}" }),
    ]);

    private void Choose(ColumnKey column, bool isChosen)
    {
        IEnumerable<ColumnKey> by = isChosen ? [.. groups!.By, column] : groups!.By.Where(other => other != column);
        Go("by", ColumnKey.ListText(by) is { Length: > 0 } text ? text : null);
    }

    private void Go(string name, string? value) => navigation.NavigateTo(navigation.GetUriWithQueryParameter(name, value), new NavigationOptions { ReplaceHistoryEntry = true });
}
