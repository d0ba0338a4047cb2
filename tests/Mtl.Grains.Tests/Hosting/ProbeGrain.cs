using System.Runtime.CompilerServices;
using Mtl.Core;
using Mtl.Tracking;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>A grain that does one of each thing that the platform's grains rely on.</summary>
[Alias("tests.probe")]
public interface IProbeGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> Add(int amount);

    [Alias("echo")]
    Task<ProbeMessage> Echo(ProbeMessage message);

    [Alias("fail")]
    Task Fail(string message);

    [Alias("fail-store")]
    Task<int> FailStore(ErrorKind kind, string message);

    [Alias("fail-amid")]
    IAsyncEnumerable<int> FailAmid(ErrorKind kind, string message);

    [Alias("numbers")]
    IAsyncEnumerable<int> Numbers(int count, CancellationToken cancellationToken = default);

    [Alias("wait")]
    Task Wait(CancellationToken cancellationToken);

    [Alias("hold")]
    Task Hold();

    [Alias("release")]
    [AlwaysInterleave]
    Task Release();

    [Alias("notify")]
    Task Notify(IProbeObserver observer, string text);

    [Alias("tick")]
    Task<int> TickOnce();
}

/// <summary>What a probe notifies.</summary>
[Alias("tests.probe-observer")]
public interface IProbeObserver : IGrainObserver
{
    [Alias("heard")]
    Task Heard(string text);
}

/// <summary>A message with a list that could be changed after sending.</summary>
[GenerateSerializer]
[Alias("tests.probe-message")]
public sealed record ProbeMessage([property: Id(0)] string Name, [property: Id(1)] List<double> Values);

/// <summary>Where probes write down how they end; outlives the host.</summary>
public sealed class ProbeJournal
{
    private readonly List<string> _entries = [];

    public IReadOnlyList<string> Entries
    {
        get { lock (_entries) return [.. _entries]; }
    }

    public void Add(string entry)
    {
        lock (_entries) _entries.Add(entry);
    }
}

internal sealed class ProbeGrain(ProbeJournal journal) : Grain, IProbeGrain
{
    private readonly TaskCompletionSource _held = new();
    private int _sum;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add($"{this.GetPrimaryKeyString()} activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            journal.Add($"{this.GetPrimaryKeyString()} deactivated at {_sum}");
        return Task.CompletedTask;
    }

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public Task<ProbeMessage> Echo(ProbeMessage message)
    {
        message.Values.Add(-1);
        return Task.FromResult(message);
    }

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public Task<int> FailStore(ErrorKind kind, string message) => throw new StoreException(new Error(kind, message, "Do this.", "field"), new IOException("The cause."));

    public async IAsyncEnumerable<int> FailAmid(ErrorKind kind, string message)
    {
        await Task.Yield();
        yield return 1;
        throw new StoreException(new Error(kind, message, "Do this.", "field"));
    }

    public async IAsyncEnumerable<int> Numbers(int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    public async Task Wait(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"{this.GetPrimaryKeyString()} cancelled");
            throw;
        }
    }

    public Task Hold() => _held.Task;

    public Task Release()
    {
        _held.TrySetResult();
        return Task.CompletedTask;
    }

    public Task Notify(IProbeObserver observer, string text) => observer.Heard(text);

    public async Task<int> TickOnce()
    {
        var ticked = new TaskCompletionSource<int>();
        using var timer = this.RegisterGrainTimer(
            () =>
            {
                ticked.TrySetResult(++_sum);
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true });
        return await ticked.Task;
    }
}
