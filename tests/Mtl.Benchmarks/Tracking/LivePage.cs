using System.Diagnostics;
using System.Net.ServerSentEvents;

namespace Mtl.Benchmarks.Tracking;

/// <summary>What an open page of a run is to the server: a stream of its changes.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly HttpClient http;
    private readonly Task following;

    private LivePage(HttpClient http, string run)
    {
        this.http = http;
        following = FollowAsync(run);
    }

    public int Updates { get; private set; }

    /// <summary>The longest time without an update after the first.</summary>
    public TimeSpan LongestGap { get; private set; }

    public static LivePage Open(Uri server, string run) => new(new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan }, run);

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await following;
        http.Dispose();
        closed.Dispose();
    }

    private async Task FollowAsync(string run)
    {
        try
        {
            await using var stream = await http.GetStreamAsync($"/api/v1/runs/{run}/events", closed.Token);
            var last = 0L;
            await foreach (var _ in SseParser.Create(stream).EnumerateAsync(closed.Token))
            {
                if (Updates++ > 0 && Stopwatch.GetElapsedTime(last) is var gap && gap > LongestGap)
                    LongestGap = gap;
                last = Stopwatch.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page is closed.
        }
    }
}
