using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>One live chart. It is made once in the browser; afterwards only new points travel.</summary>
public sealed partial class CurveView(PageScripts scripts) : ComponentBase, IAsyncDisposable
{
    private ElementReference host;
    private IJSObjectReference? plot;
    private bool isBehind;

    [Parameter, EditorRequired]
    public CurveChart Chart { get; set; } = null!;

    [Parameter, EditorRequired]
    public CurveSource Source { get; set; } = null!;

    /// <summary>What the chart shows, in full, for readers that don't see it.</summary>
    [Parameter]
    public string Heading { get; set; } = "";

    /// <summary>Charts with the same word share their cursor.</summary>
    [Parameter]
    public string? Sync { get; set; }

    [Parameter]
    public int Height { get; set; } = 220;

    /// <summary>The control beside the title says it already.</summary>
    [Parameter]
    public bool IsTitleChosen { get; set; }

    /// <summary>Controls beside the title.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    public async ValueTask DisposeAsync()
    {
        Source.Changed -= ChangeAsync;
        if (plot is null)
            return;
        try
        {
            await plot.InvokeVoidAsync("dispose");
            await plot.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the chart with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        var options = new
        {
            height = Height,
            sync = Sync,
            log = Chart.IsLog,
            series = Chart.Series.Select(series => new
            {
                key = series.Key, label = series.Label, colour = series.Colour, dashed = series.IsDashed, edge = series.IsEdge, band = series.Band is { } band ? new[] { band.High, band.Low } : null,
            }),
        };
        Source.Changed += ChangeAsync;
        plot = await scripts.ChartAsync(host, options, Points());
        if (isBehind)
            await plot.InvokeVoidAsync("replace", Points());
    }

    private Dictionary<string, CurveData> Points() => Chart.Series.ToDictionary(series => series.Key, series => Source.Read(series.Key));

    private async Task ChangeAsync(CurveChange change)
    {
        if (plot is null)
        {
            // The browser is still making the chart: it gets everything once it is there.
            isBehind = true;
            return;
        }

        var added = Chart.Series.Where(series => change.Added.ContainsKey(series.Key)).ToDictionary(series => series.Key, series => change.Added[series.Key]);
        if (change.RewoundTo is not null || added.Count > 0)
            await plot.InvokeVoidAsync("change", change.RewoundTo, added);
    }
}
