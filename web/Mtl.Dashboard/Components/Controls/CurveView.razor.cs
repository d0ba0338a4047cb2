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
    private bool isGone;

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
        isGone = true;
        Source.Changed -= ChangeAsync;
        await TellAsync(RemoveAsync);
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
        await TellAsync(async () =>
        {
            plot = await scripts.ChartAsync(host, options, Points());
            if (isGone)
                await RemoveAsync();
            else if (isBehind)
                await CatchUpAsync(plot);
        });
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

        if (isBehind)
        {
            await TellAsync(() => CatchUpAsync(plot));
            return;
        }

        var added = Chart.Series.Where(series => change.Added.ContainsKey(series.Key)).ToDictionary(series => series.Key, series => change.Added[series.Key]);
        if (change.RewoundTo is not null || added.Count > 0)
            await TellAsync(() => plot.InvokeVoidAsync("change", change.RewoundTo, added).AsTask());
    }

    private async Task CatchUpAsync(IJSObjectReference behind)
    {
        isBehind = false;
        await behind.InvokeVoidAsync("replace", Points());
    }

    private async Task RemoveAsync()
    {
        if (plot is null)
            return;
        await plot.InvokeVoidAsync("dispose");
        await plot.DisposeAsync();
    }

    /// <summary>Speaks to the browser. That it has gone is no failure, nor is it when the reader has turned to another page and the chart is not there any more.</summary>
    private async Task TellAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException || (isGone && e is JSException or ObjectDisposedException))
        {
            // Should it only have been slow to answer, it gets everything with the next change.
            isBehind = true;
        }
    }
}
