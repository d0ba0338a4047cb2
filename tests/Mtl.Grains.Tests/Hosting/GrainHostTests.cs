using Microsoft.Extensions.DependencyInjection;
using Mtl.Core;
using Mtl.Tracking;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>What the platform's grains rely on, the same on the local silo and on Orleans.</summary>
public sealed class GrainHostTests
{
    private readonly ProbeJournal _journal = new();

    [Fact]
    public async Task A_grain_keeps_its_state_between_calls()
    {
        await using var host = await StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>("a");

        await probe.Add(2);

        (await probe.Add(3)).ShouldBe(5);
    }

    [Fact]
    public async Task Messages_are_copied_both_ways()
    {
        await using var host = await StartAsync();
        ProbeMessage sent = new("x", [1, 2]);

        var received = await host.Grains.GetGrain<IProbeGrain>("a").Echo(sent);

        sent.Values.ShouldBe([1, 2]);
        received.ShouldNotBeSameAs(sent);
        received.Values.ShouldBe([1, 2, -1]);
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_message_and_origin()
    {
        await using var host = await StartAsync();

        var exception = await Should.ThrowAsync<InvalidOperationException>(host.Grains.GetGrain<IProbeGrain>("a").Fail("no such task"));

        exception.Message.ShouldBe("no such task");
        exception.StackTrace.ShouldNotBeNull().ShouldContain(nameof(ProbeGrain));
    }

    [Theory]
    [InlineData(ErrorKind.Unavailable)]
    [InlineData(ErrorKind.Full)]
    public async Task A_stores_failure_reaches_the_caller_as_the_same_error(ErrorKind kind)
    {
        await using var host = await StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>("a");
        var expected = new Error(kind, "The disk of 'größe' is full.", "Do this.", "field");

        var thrown = await Should.ThrowAsync<StoreException>(probe.FailStore(kind, expected.Message));
        var amid = await Should.ThrowAsync<StoreException>(async () =>
        {
            await foreach (var number in probe.FailAmid(kind, expected.Message))
                number.ShouldBe(1);
        });

        (thrown.Error, thrown.Message).ShouldBe((expected, "The disk of 'größe' is full. Do this."));
        amid.Error.ShouldBe(expected);
        (await probe.Add(1)).ShouldBe(1, "the grain goes on");
    }

    [Fact]
    public async Task A_stream_is_read_to_its_end_and_may_be_left_early()
    {
        await using var host = await StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>("a");

        List<int> all = [];
        await foreach (var number in probe.Numbers(250)) all.Add(number);
        await foreach (var number in probe.Numbers(1_000_000))
            if (number == 10) break;

        all.ShouldBe(Enumerable.Range(0, 250));
        (await probe.Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_call_cancels_the_grains_token()
    {
        await using var host = await StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>("a");
        await probe.Add(1);
        using var cancellation = new CancellationTokenSource();

        var waiting = probe.Wait(cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        (await probe.Add(1)).ShouldBe(2);
    }

    [Fact]
    public async Task Only_interleaving_methods_run_beside_another_request()
    {
        await using var host = await StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>("a");

        var holding = probe.Hold();
        var adding = probe.Add(1);
        await probe.Release();

        await holding;
        (await adding).ShouldBe(1);
    }

    [Fact]
    public async Task An_observer_is_notified()
    {
        await using var host = await StartAsync();
        var ear = new Ear();
        var reference = host.Grains.CreateObjectReference<IProbeObserver>(ear);

        await host.Grains.GetGrain<IProbeGrain>("a").Notify(reference, "done");

        ear.Last.ShouldBe("done");
        host.Grains.DeleteObjectReference<IProbeObserver>(reference);
        GC.KeepAlive(ear);
    }

    [Fact]
    public async Task A_timer_ticks()
    {
        await using var host = await StartAsync();

        (await host.Grains.GetGrain<IProbeGrain>("a").TickOnce()).ShouldBe(1);
    }

    [Fact]
    public async Task A_deactivated_grain_starts_anew()
    {
        await using var host = await StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>("a");
        await probe.Add(4);

        await host.DeactivateAsync(probe);

        (await probe.Add(1)).ShouldBe(1);
        _journal.Entries.ShouldBe(["a activated", "a deactivated at 4", "a activated"]);
    }

    [Fact]
    public async Task A_graceful_restart_deactivates_the_grains()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IProbeGrain>("a").Add(7);

        await host.RestartAsync();

        (await host.Grains.GetGrain<IProbeGrain>("a").Add(1)).ShouldBe(1);
        _journal.Entries.ShouldBe(["a activated", "a deactivated at 7", "a activated"]);
    }

    [Fact]
    public async Task A_kill_drops_the_grains_as_they_are()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<IProbeGrain>("a").Add(7);

        await host.RestartAsync(gracefully: false);

        (await host.Grains.GetGrain<IProbeGrain>("a").Add(1)).ShouldBe(1);
        _journal.Entries.ShouldBe(["a activated", "a activated"]);
    }

    private Task<GrainHost> StartAsync() => GrainHost.StartAsync(services => services.AddSingleton(_journal), typeof(ProbeGrain).Assembly, typeof(RunGrain).Assembly);

    private sealed class Ear : IProbeObserver
    {
        public string? Last { get; private set; }

        public Task Heard(string text)
        {
            Last = text;
            return Task.CompletedTask;
        }
    }
}
