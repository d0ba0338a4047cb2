using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mtl.Testing.Load;

/// <summary>Writers that each log numbered batches to a run of their own, the next as soon as the one before is acknowledged.</summary>
/// <param name="runs">A run for each writer.</param>
/// <param name="isPersistent">Whether a refused batch is sent again, as MLflow's clients do, or ends its writer.</param>
public sealed class BatchLoad(MlflowClient client, IReadOnlyList<string> runs, BatchShape shape, bool isPersistent)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<double> milliseconds = [];
    private readonly ConcurrentDictionary<string, int> refusals = [];
    private readonly int[] acknowledged = new int[runs.Count];
    private long started;

    /// <summary>Batches acknowledged so far.</summary>
    public int Acknowledged => acknowledged.Sum();

    /// <summary>Answers other than 200 so far, as <c>503: text</c>, and broken connections as <c>broken</c>, with their numbers.</summary>
    public IReadOnlyDictionary<string, int> Refusals => refusals;

    /// <summary>Writes until <paramref name="enough"/> is cancelled; an answer under way is still waited for.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken enough)
    {
        started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, runs.Count).Select(writer => Task.Run(() => WriteAsync(writer, enough), CancellationToken.None)));
        return Report();
    }

    /// <summary>What the load has come to by now.</summary>
    public LoadReport Report() => new(runs, shape, Stopwatch.GetElapsedTime(started), [.. acknowledged], [.. milliseconds.Order()], new Dictionary<string, int>(refusals));

    private async Task WriteAsync(int writer, CancellationToken enough)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        for (var batch = 0; !enough.IsCancellationRequested;)
        {
            body.ResetWrittenCount();
            shape.Write(body, runs[writer], batch, DateTimeOffset.UnixEpoch.AddSeconds(batch));
            if (await SendAsync(body.WrittenMemory))
            {
                acknowledged[writer] = ++batch;
                continue;
            }

            if (!isPersistent)
                return;
            await Task.Delay(RetryPause, CancellationToken.None);
        }
    }

    private async Task<bool> SendAsync(ReadOnlyMemory<byte> body)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await client.LogBatchAsync(body, CancellationToken.None);
            if (response.IsSuccessStatusCode)
            {
                milliseconds.Enqueue(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                return true;
            }

            Refuse($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException)
        {
            Refuse("broken");
        }

        return false;
    }

    private void Refuse(string answer) => refusals.AddOrUpdate(answer, 1, (_, count) => count + 1);
}
