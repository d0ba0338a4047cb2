using Mtl.Dashboard.Handing;

namespace Mtl.Dashboard.Tests;

public class HandoversTests
{
    private static readonly Dictionary<string, object?> Values = new() { ["run"] = 7 };

    private readonly HeldTimers time = new();

    [Fact]
    public void What_was_kept_is_given_once()
    {
        var store = new Handovers(time);
        var word = store.Keep("ada", Values).ShouldNotBeNull();

        store.Take("ada", word).ShouldBe(Values);
        store.Take("ada", word).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_else_gets_it()
    {
        var store = new Handovers(time);
        store.Take("bob", store.Keep("ada", Values)!).ShouldBeEmpty();
    }

    [Fact]
    public void What_nobody_comes_for_is_dropped_and_makes_room()
    {
        var store = new Handovers(time);
        var words = Enumerable.Range(0, Handovers.Most).Select(_ => store.Keep("ada", Values).ShouldNotBeNull()).ToArray();
        store.Keep("ada", Values).ShouldBeNull();

        time.Elapse(Handovers.Patience);

        store.Take("ada", words[0]).ShouldBeEmpty();
        store.Keep("ada", Values).ShouldNotBeNull();
    }

    /// <summary>Timers that go off when the test says so.</summary>
    private sealed class HeldTimers : TimeProvider
    {
        private readonly List<(TimeSpan Due, Action Call)> timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            timers.Add((dueTime, () => callback(state)));
            return new Timer(_ => { }, null, Timeout.Infinite, Timeout.Infinite);
        }

        public void Elapse(TimeSpan time)
        {
            foreach (var (_, call) in timers.Where(timer => timer.Due <= time).ToArray())
                call();
        }
    }
}
