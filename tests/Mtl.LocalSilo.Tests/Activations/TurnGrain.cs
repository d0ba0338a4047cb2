using Orleans;
using Orleans.Concurrency;

namespace Mtl.LocalSilo.Tests.Activations;

/// <summary>A grain that tells how its requests are admitted. <see cref="Gates"/> says when its methods go on.</summary>
[Alias("tests.turns")]
public interface ITurnGrain : IGrainWithStringKey
{
    [Alias("work")]
    Task<int> Work(int rounds);

    [Alias("hold")]
    Task Hold(string gate);

    [Alias("read")]
    [ReadOnly]
    Task Read(string gate);

    [Alias("peek")]
    [AlwaysInterleave]
    Task<string> Peek();

    [Alias("call")]
    Task Call(ITurnGrain other, string gate);

    [Alias("circle")]
    Task Circle(ITurnGrain other, string gate);

    [Alias("schedulers")]
    Task<bool> StaysOnItsScheduler();

    [Alias("ambient")]
    Task<string?> Ambient();

    [Alias("spin")]
    Task Spin(TimeSpan time);
}

/// <summary>The grain with an ordinary class.</summary>
[Alias("tests.plain-turns")]
public interface IPlainTurnGrain : ITurnGrain;

/// <summary>The same grain with a reentrant class.</summary>
[Alias("tests.reentrant-turns")]
public interface IReentrantTurnGrain : ITurnGrain;

internal abstract class TurnGrainBase(Gates gates, TimeProvider time) : Grain
{
    private readonly List<string> _steps = [];
    private int _inTurn;
    private int _overlaps;

    /// <summary>Yields many times and counts how often another turn was under way at the same time.</summary>
    public async Task<int> Work(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            if (Interlocked.Increment(ref _inTurn) != 1) _overlaps++;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref _inTurn);
            await Task.Yield();
        }

        return _overlaps;
    }

    public Task Hold(string gate) => PassAsync(gate);

    public Task Read(string gate) => PassAsync(gate);

    public Task<string> Peek() => Task.FromResult(string.Join(" ", _steps));

    public Task Call(ITurnGrain other, string gate)
    {
        gates.Enter($"calling {gate}");
        return other.Hold(gate);
    }

    public Task Circle(ITurnGrain other, string gate) => other.Call(this.AsReference<ITurnGrain>(), gate);

    public async Task<bool> StaysOnItsScheduler()
    {
        var own = TaskScheduler.Current;
        await Task.Delay(1);
        await Task.Yield();
        await Task.Run(() => { });
        return own != TaskScheduler.Default && TaskScheduler.Current == own;
    }

    public Task<string?> Ambient() => Task.FromResult(TurnTests.Ambient.Value);

    public Task Spin(TimeSpan duration)
    {
        ((Hosting.ManualTimeProvider)time).Advance(duration);
        return Task.CompletedTask;
    }

    private async Task PassAsync(string gate)
    {
        _steps.Add($"+{gate}");
        gates.Enter(gate);
        await gates.PassAsync(gate);
        _steps.Add($"-{gate}");
    }
}

internal sealed class TurnGrain(Gates gates, TimeProvider time) : TurnGrainBase(gates, time), IPlainTurnGrain;

[Reentrant]
internal sealed class ReentrantTurnGrain(Gates gates, TimeProvider time) : TurnGrainBase(gates, time), IReentrantTurnGrain;
