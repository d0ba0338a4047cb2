using System.Runtime.CompilerServices;
using Mtl.LocalSilo.Tests.Hosting;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Activations;

/// <summary>A grain that writes down how it lives.</summary>
[Alias("tests.life")]
public interface ILifeGrain : IGrainWithStringKey
{
    [Alias("touch")]
    Task<int> Touch();

    [Alias("leave")]
    Task Leave();

    [Alias("hold")]
    Task Hold(string gate);

    [Alias("delay")]
    Task Delay(TimeSpan time);

    [Alias("start-timer")]
    Task StartTimer(TimeSpan dueTime, TimeSpan period, bool keepAlive, bool interleave);

    [Alias("change-timer")]
    Task ChangeTimer(TimeSpan dueTime, TimeSpan period);

    [Alias("stop-timer")]
    Task StopTimer();

    [Alias("ticks")]
    [AlwaysInterleave]
    Task<int> Ticks();

    [Alias("numbers")]
    IAsyncEnumerable<int> Numbers(int count, [Immutable] string gate, CancellationToken cancellationToken = default);
}

[PreferLocalPlacement]
internal sealed class LifeGrain(Journal journal, Gates gates) : Grain, ILifeGrain, IAsyncDisposable
{
    private IGrainTimer? _timer;
    private int _touches;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add($"{Key} up");
        if (Key.StartsWith("bad", StringComparison.Ordinal)) throw new InvalidOperationException($"{Key} can't start");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"{Key} down: {reason.ReasonCode}");
        if (Key.StartsWith("slow", StringComparison.Ordinal)) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        if (Key.StartsWith("faulty", StringComparison.Ordinal)) throw new InvalidOperationException("can't stop");
    }

    public ValueTask DisposeAsync()
    {
        journal.Add($"{Key} disposed");
        return default;
    }

    public Task<int> Touch() => Task.FromResult(++_touches);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        gates.Enter(gate);
        await gates.PassAsync(gate);
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task StartTimer(TimeSpan dueTime, TimeSpan period, bool keepAlive, bool interleave)
    {
        _timer = this.RegisterGrainTimer(Tick, "state", new GrainTimerCreationOptions(dueTime, period) { KeepAlive = keepAlive, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task ChangeTimer(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public async IAsyncEnumerable<int> Numbers(int count, string gate, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                yield return i;
                if (i == 2 && gate.StartsWith("fail", StringComparison.Ordinal)) throw new InvalidOperationException("no more numbers");
                if (i != 2 || gate.Length == 0) continue;
                gates.Enter(gate);
                await gates.PassAsync(gate).WaitAsync(cancellationToken);
            }
        }
        finally
        {
            journal.Add($"{Key} ended the stream");
            gates.Enter($"{gate} ended");
        }
    }

    private async Task Tick(string state, CancellationToken cancellationToken)
    {
        _ticks++;
        gates.Enter($"tick {_ticks}");
        if (Key.StartsWith("gated", StringComparison.Ordinal)) await gates.PassAsync($"tick {_ticks}").WaitAsync(cancellationToken);
        if (Key.StartsWith("throwing", StringComparison.Ordinal)) throw new InvalidOperationException(state);
    }
}

/// <summary>A grain with several activations.</summary>
[Alias("tests.worker")]
public interface IWorkerGrain : IGrainWithStringKey
{
    [Alias("meet")]
    Task Meet(string gate);

    [Alias("touch")]
    Task<int> Touch();
}

[StatelessWorker(3)]
internal sealed class WorkerGrain(Gates gates) : Grain, IWorkerGrain
{
    private int _touches;

    public async Task Meet(string gate)
    {
        gates.Enter(gate);
        await gates.PassAsync(gate);
    }

    public Task<int> Touch() => Task.FromResult(++_touches);
}
