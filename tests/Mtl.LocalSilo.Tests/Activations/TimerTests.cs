using Microsoft.Extensions.DependencyInjection;
using Mtl.LocalSilo.Tests.Hosting;
using Orleans;

namespace Mtl.LocalSilo.Tests.Activations;

public sealed class TimerTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly Journal _journal = new();
    private readonly Gates _gates = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_timer_ticks_first_when_due_and_then_by_its_period()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer(_second, 2 * _second, keepAlive: false, interleave: false);

        (await TicksAfter(grain, TimeSpan.FromMilliseconds(900))).ShouldBe(0);
        (await TicksAfter(grain, TimeSpan.FromMilliseconds(100))).ShouldBe(1);
        (await TicksAfter(grain, _second)).ShouldBe(1);
        (await TicksAfter(grain, _second)).ShouldBe(2);
        (await TicksAfter(grain, 2 * _second)).ShouldBe(3);
    }

    [Fact]
    public async Task A_tick_waits_for_running_requests_unless_it_interleaves()
    {
        await using var silo = await StartAsync();
        var (patient, hasty) = (silo.Grains.GetGrain<ILifeGrain>("patient"), silo.Grains.GetGrain<ILifeGrain>("hasty"));
        await patient.StartTimer(_second, Timeout.InfiniteTimeSpan, keepAlive: false, interleave: false);
        await hasty.StartTimer(_second, Timeout.InfiniteTimeSpan, keepAlive: false, interleave: true);
        var holding = new[] { patient.Hold("h"), hasty.Hold("h") };
        await _gates.EnteredAsync("h");

        (await TicksAfter(hasty, _second)).ShouldBe(1);
        (await patient.Ticks()).ShouldBe(0);
        _gates.Open("h");
        await Task.WhenAll(holding);
        await patient.Touch();
        (await patient.Ticks()).ShouldBe(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_next_tick_is_timed_from_the_end_of_the_one_before()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("gated");
        await grain.StartTimer(_second, _second, keepAlive: false, interleave: true);
        _time.Advance(_second);
        await _gates.EnteredAsync("tick 1");

        (await TicksAfter(grain, 10 * _second)).ShouldBe(1);
        _gates.Open("tick 1");
        while (_time.UntilNextDue != _second)
            await grain.Touch().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        (await TicksAfter(grain, _second)).ShouldBe(2);
        _gates.Open("tick 2");
    }

    [Fact]
    public async Task A_timer_whose_callback_throws_goes_on_and_a_disposed_one_stops()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("throwing");
        await grain.StartTimer(_second, _second, keepAlive: false, interleave: false);

        (await TicksAfter(grain, _second)).ShouldBe(1);
        (await TicksAfter(grain, _second)).ShouldBe(2);
        await grain.StopTimer();
        (await TicksAfter(grain, 5 * _second)).ShouldBe(2);
        silo.Log.Errors.ShouldBe(["A timer of life/throwing threw; the timer goes on", "A timer of life/throwing threw; the timer goes on"]);
    }

    [Fact]
    public async Task A_timer_can_be_changed()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, keepAlive: false, interleave: false);
        (await TicksAfter(grain, 5 * _second)).ShouldBe(0);

        await grain.ChangeTimer(_second, _second);

        (await TicksAfter(grain, _second)).ShouldBe(1);
        (await TicksAfter(grain, _second)).ShouldBe(2);
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(grain.ChangeTimer(_second, TimeSpan.Zero))).Message
            .ShouldStartWith("Allowed are any time above zero and Timeout.InfiniteTimeSpan (one tick only).");
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer(_second, _second, keepAlive: false, interleave: false);

        await silo.Silo.DeactivateAsync(grain);

        _time.Advance(5 * _second);
        silo.Silo.Activations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ticks_keep_a_grain_from_collection_only_if_they_are_to(bool keepAlive)
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.StartTimer(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), keepAlive, interleave: false);
        var ended = silo.Ended(grain.GetGrainId());

        for (var tick = 1; tick <= 2; tick++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await _gates.EnteredAsync($"tick {tick}");
            await silo.Settle(grain.GetGrainId());
        }

        _time.Advance(TimeSpan.FromMinutes(6));

        if (!keepAlive) await ended;
        silo.Silo.Activations.Count.ShouldBe(keepAlive ? 1 : 0);
    }

    private async Task<int> TicksAfter(ILifeGrain grain, TimeSpan time)
    {
        _time.Advance(time);
        return await grain.Ticks();
    }

    private Task<TestSilo> StartAsync() =>
        TestSilo.StartAsync(time: _time, services: services => services.AddSingleton(_journal).AddSingleton(_gates));
}
