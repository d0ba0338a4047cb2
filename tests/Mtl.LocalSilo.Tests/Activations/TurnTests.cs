using Microsoft.Extensions.DependencyInjection;
using Mtl.LocalSilo.Tests.Hosting;

namespace Mtl.LocalSilo.Tests.Activations;

public sealed class TurnTests
{
    internal static readonly AsyncLocal<string?> Ambient = new();

    private readonly Gates _gates = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_two_turns_of_an_activation_run_at_once(bool reentrant)
    {
        await using var silo = await StartAsync();
        ITurnGrain grain = reentrant ? silo.Grains.GetGrain<IReentrantTurnGrain>("a") : silo.Grains.GetGrain<IPlainTurnGrain>("a");

        var overlaps = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => grain.Work(40))));

        overlaps.ShouldAllBe(count => count == 0);
    }

    [Fact]
    public async Task Awaits_come_back_to_the_grain()
    {
        await using var silo = await StartAsync();

        (await silo.Grains.GetGrain<IPlainTurnGrain>("a").StaysOnItsScheduler()).ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_wait_for_the_one_that_runs()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<IPlainTurnGrain>("a");

        var first = grain.Hold("1");
        var second = grain.Hold("2");
        await _gates.EnteredAsync("1");

        (await grain.Peek()).ShouldBe("+1");
        _gates.Open("2");
        _gates.Open("1");
        await Task.WhenAll(first, second);
        (await grain.Peek()).ShouldBe("+1 -1 +2 -2");
    }

    [Fact]
    public async Task Requests_of_a_reentrant_grain_interleave()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<IReentrantTurnGrain>("a");

        var first = grain.Hold("1");
        await _gates.EnteredAsync("1");
        var second = grain.Hold("2");
        await _gates.EnteredAsync("2");

        _gates.Open("2");
        await second;
        _gates.Open("1");
        await first;
        (await grain.Peek()).ShouldBe("+1 +2 -2 -1");
    }

    [Fact]
    public async Task Read_only_requests_interleave_with_one_another_but_not_with_others()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<IPlainTurnGrain>("a");

        var reads = new[] { grain.Read("r1"), grain.Read("r2") };
        await _gates.EnteredAsync("r2");
        var write = grain.Hold("w");
        (await grain.Peek()).ShouldBe("+r1 +r2");

        _gates.Open("r1");
        await reads[0];
        (await grain.Peek()).ShouldBe("+r1 +r2 -r1");
        _gates.HasEntered("w").ShouldBeFalse();

        _gates.Open("r2");
        await _gates.EnteredAsync("w");
        _gates.Open("w");
        await write;
    }

    [Fact]
    public async Task Grains_that_call_each_other_in_a_circle_time_out()
    {
        var time = new ManualTimeProvider();
        await using var silo = await StartAsync(time);
        var (a, b) = (silo.Grains.GetGrain<IPlainTurnGrain>("a"), silo.Grains.GetGrain<IPlainTurnGrain>("b"));

        var circle = a.Circle(b, "never");
        await _gates.EnteredAsync("calling never");
        await b.Peek();
        time.Advance(TimeSpan.FromSeconds(31));

        (await Should.ThrowAsync<TimeoutException>(circle)).Message.ShouldBe(
            "ITurnGrain.Circle of turn/a did not respond within 00:00:30. It may be long, stuck, or waiting for its own caller: "
            + "grains that call each other in a circle wait for ever unless the methods interleave.");
        _gates.HasEntered("never").ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_that_nobody_waits_for_any_more_is_not_started()
    {
        var time = new ManualTimeProvider();
        await using var silo = await StartAsync(time);
        var grain = silo.Grains.GetGrain<IPlainTurnGrain>("a");
        var first = grain.Hold("1");
        await _gates.EnteredAsync("1");
        var second = grain.Hold("2");
        time.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<TimeoutException>(first);
        await Should.ThrowAsync<TimeoutException>(second);

        _gates.Open("1");

        _gates.Open("3");
        await grain.Hold("3");
        _gates.HasEntered("2").ShouldBeFalse();
    }

    [Fact]
    public async Task What_flows_with_the_caller_does_not_flow_into_the_grain()
    {
        await using var silo = await StartAsync();
        Ambient.Value = "caller";

        (await silo.Grains.GetGrain<IPlainTurnGrain>("a").Ambient()).ShouldBeNull();
    }

    [Fact]
    public async Task A_long_turn_is_warned_about()
    {
        var time = new ManualTimeProvider();
        await using var silo = await StartAsync(time);
        var grain = silo.Grains.GetGrain<IPlainTurnGrain>("a");

        await grain.Spin(TimeSpan.FromMilliseconds(150));
        await grain.Spin(TimeSpan.FromMilliseconds(250));
        await grain.Peek();

        silo.Log.Warnings.ShouldHaveSingleItem().ShouldBe(
            "A turn of turn/a took 250 ms, more than 200 ms. Nothing else of the grain went on meanwhile: await, or move long computations off the grain's scheduler");
    }

    private Task<TestSilo> StartAsync(TimeProvider? time = null) => TestSilo.StartAsync(time: time, services: services => services.AddSingleton(_gates));
}
