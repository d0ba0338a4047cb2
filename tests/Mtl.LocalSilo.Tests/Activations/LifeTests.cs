using Microsoft.Extensions.DependencyInjection;
using Mtl.LocalSilo.Tests.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Activations;

public sealed class LifeTests
{
    private readonly Journal _journal = new();
    private readonly Gates _gates = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_grain_is_activated_by_its_first_call_and_ends_when_it_asks_to()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        _journal.Entries.ShouldBeEmpty();

        await grain.Touch();
        await grain.Leave();

        (await grain.Touch()).ShouldBe(1);
        _journal.Entries.ShouldBe(["a up", "a down: ApplicationRequested", "a disposed", "a up"]);
    }

    [Fact]
    public async Task Requests_that_wait_when_a_grain_ends_go_to_its_next_activation()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.Touch();
        var holding = grain.Hold("1");
        await _gates.EnteredAsync("1");
        var ending = silo.Silo.DeactivateAsync(grain);
        var touching = grain.Touch();

        ending.IsCompleted.ShouldBeFalse();
        _gates.Open("1");

        await holding;
        await ending;
        (await touching).ShouldBe(1);
        _journal.Entries.ShouldBe(["a up", "a down: RuntimeRequested", "a disposed", "a up"]);
    }

    [Fact]
    public async Task A_grain_that_can_not_start_fails_its_callers_and_may_be_tried_again()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("bad");

        for (var i = 0; i < 2; i++) (await Should.ThrowAsync<InvalidOperationException>(grain.Touch())).Message.ShouldBe("bad can't start");

        _journal.Entries.ShouldBe(["bad up", "bad disposed", "bad up", "bad disposed"]);
        silo.Log.Errors.ShouldBe(["life/bad could not be activated", "life/bad could not be activated"]);
        silo.Silo.Activations.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_idle_grain_is_collected_after_its_age_and_one_in_use_is_not()
    {
        await using var silo = await StartAsync();
        var (idle, busy) = (silo.Grains.GetGrain<ILifeGrain>("idle"), silo.Grains.GetGrain<ILifeGrain>("busy"));
        await idle.Touch();
        var holding = busy.Hold("h");
        await _gates.EnteredAsync("h");

        _time.Advance(TimeSpan.FromMinutes(14));
        silo.Silo.Activations.Count.ShouldBe(2);
        var ended = EndOf(silo, idle);
        _time.Advance(TimeSpan.FromMinutes(2));
        await ended;

        silo.Silo.Activations.ShouldBe([busy.GetGrainId()]);
        _journal.Entries.ShouldContain("idle down: ActivationIdle");
        _gates.Open("h");
        await Should.ThrowAsync<TimeoutException>(holding);
    }

    [Fact]
    public async Task Use_and_DelayDeactivation_put_collection_off()
    {
        await using var silo = await StartAsync();
        var (used, delayed) = (silo.Grains.GetGrain<ILifeGrain>("used"), silo.Grains.GetGrain<ILifeGrain>("delayed"));
        await used.Touch();
        await delayed.Delay(TimeSpan.FromHours(1));

        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await used.Touch();
        }

        silo.Silo.Activations.Count.ShouldBe(2);
        var ended = EndOf(silo, delayed);
        _time.Advance(TimeSpan.FromMinutes(21));
        await ended;
        _journal.Entries.ShouldContain("delayed down: ActivationIdle");
    }

    [Fact]
    public async Task Stopping_the_silo_ends_all_grains_and_refuses_further_calls()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.Touch();
        await silo.Grains.GetGrain<ILifeGrain>("faulty").Touch();

        await silo.StopAsync();

        _journal.Entries.ShouldBe(["a up", "faulty up", "a down: ShuttingDown", "a disposed", "faulty down: ShuttingDown", "faulty disposed"], ignoreOrder: true);
        silo.Log.Errors.ShouldBe(["Deactivating life/faulty: OnDeactivateAsync threw; it is deactivated all the same"]);
        (await Should.ThrowAsync<SiloUnavailableException>(grain.Touch())).Message
            .ShouldBe("The silo is stopping or has stopped: no grain is activated any more.");
    }

    [Fact]
    public async Task Stopping_waits_for_a_grain_no_longer_than_allowed()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("slow");
        await grain.Touch();
        var ended = silo.Ended(grain.GetGrainId());
        using var patience = new CancellationTokenSource();

        var stopping = silo.StopAsync(patience.Token);
        while (!_journal.Entries.Contains("slow down: ShuttingDown")) await Task.Yield();
        stopping.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();

        await stopping;
        await ended;
        silo.Log.Warnings.ShouldContain(
            "Deactivating life/slow: did not wait for OnDeactivateAsync, because it took more than 00:00:30 or the silo was told to stop at once");
    }

    [Fact]
    public async Task A_deactivation_is_cut_short_by_its_time_limit()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ILifeGrain>("slow");
        await grain.Touch();

        var ending = silo.Silo.DeactivateAsync(grain);
        while (!_journal.Entries.Contains("slow down: RuntimeRequested")) await Task.Yield();
        _time.Advance(TimeSpan.FromSeconds(30));
        await ending;

        // The clock moves while the turn that deactivates may still be ending, which is warned of by itself.
        silo.Log.Warnings.Where(warning => !warning.StartsWith("A turn of life/slow took 30000 ms", StringComparison.Ordinal)).ShouldBe([
            "Deactivating life/slow: did not wait for OnDeactivateAsync, because it took more than 00:00:30 or the silo was told to stop at once",
        ]);
    }

    [Fact]
    public async Task Calls_before_the_start_are_refused()
    {
        await using var silo = TestSilo.Build(services: Services);

        (await Should.ThrowAsync<SiloUnavailableException>(silo.Grains.GetGrain<ILifeGrain>("a").Touch())).Message.ShouldStartWith("The silo has not started yet: ");
    }

    [Fact]
    public async Task A_stateless_worker_takes_several_requests_at_once_up_to_its_limit()
    {
        await using var silo = await StartAsync();
        var worker = silo.Grains.GetGrain<IWorkerGrain>("w");

        var meetings = new[] { "1", "2", "3", "4" }.Select(worker.Meet).ToArray();
        foreach (var gate in new[] { "1", "2", "3" }) await _gates.EnteredAsync(gate);

        silo.Silo.Activations.Count.ShouldBe(3);
        _gates.HasEntered("4").ShouldBeFalse();
        foreach (var gate in new[] { "1", "2", "3", "4" }) _gates.Open(gate);
        await Task.WhenAll(meetings);
        await silo.Silo.DeactivateAsync(worker);
        silo.Silo.Activations.ShouldBeEmpty();
        (await worker.Touch()).ShouldBe(1);
    }

    private static Task EndOf(TestSilo silo, IAddressable grain) => silo.Ended(grain.GetGrainId());

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(time: _time, services: Services);

    private void Services(IServiceCollection services) => services.AddSingleton(_journal).AddSingleton(_gates);
}
