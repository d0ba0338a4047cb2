using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Hosting;

namespace Mtl.Dashboard.Components;

/// <summary>A page that keeps itself up to date while it is shown.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();

    protected LivePage() => Gone = gone.Token;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [Inject]
    private IHostApplicationLifetime Server { get; set; } = null!;

    /// <summary>Cancelled when the page is left; it can be asked after that, too.</summary>
    protected CancellationToken Gone { get; }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs work beside the page on its own turn order, until the page is left or the server stops; what goes wrong shows as the page's error.</summary>
    protected void Begin(Func<CancellationToken, Task> work) => _ = InvokeAsync(async () =>
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Gone, Server.ApplicationStopping);
        var token = over.Token;
        try
        {
            await work(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Nobody is shown it any more.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    });

    /// <summary>Does <paramref name="refresh"/> again and again while the page is shown.</summary>
    protected void Every(TimeSpan period, Func<Task> refresh) => Begin(async token =>
    {
        using var timer = new PeriodicTimer(period, Time);
        while (await timer.WaitForNextTickAsync(token))
        {
            await refresh();
            StateHasChanged();
        }
    });
}
