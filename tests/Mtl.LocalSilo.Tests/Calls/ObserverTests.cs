using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Mtl.LocalSilo.Tests.Activations;
using Mtl.LocalSilo.Tests.Hosting;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Calls;

public sealed class ObserverTests
{
    private readonly Gates _gates = new();

    [Fact]
    public async Task An_observer_hears_what_the_grain_says_in_order()
    {
        await using var silo = await StartAsync();
        var ear = new Ear(_gates);
        var reference = silo.Grains.CreateObjectReference<IEar>(ear);
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");

        for (var i = 0; i < 50; i++) await grain.Shout(reference, $"{i}");
        await grain.Notify(reference, "end");

        ear.Heard.ShouldBe([.. Enumerable.Range(0, 50).Select(number => $"{number}!"), "end"]);
    }

    [Fact]
    public async Task An_observer_is_reached_without_a_reference_only_by_a_mistake_that_is_refused()
    {
        await using var silo = await StartAsync();

        Should.Throw<UnserializableTypeException>(() => { _ = silo.Grains.GetGrain<ITalkGrain>("a").Notify(new Ear(_gates), "x"); }).Message.ShouldBe(
            "ObserverTests.Ear is an observer itself, not a reference to one. Pass what IGrainFactory.CreateObjectReference<IEar> returns.");
    }

    [Fact]
    public async Task A_deleted_observer_is_gone()
    {
        await using var silo = await StartAsync();
        var ear = new Ear(_gates);
        var reference = silo.Grains.CreateObjectReference<IEar>(ear);

        silo.Grains.DeleteObjectReference<IEar>(reference);

        var gone = await Should.ThrowAsync<ClientNotAvailableException>(silo.Grains.GetGrain<ITalkGrain>("a").Notify(reference, "x"));
        gone.Message.ShouldStartWith("observer/1 is gone: ");
        ear.Heard.ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => silo.Grains.DeleteObjectReference<IEar>(ear)).Message
            .ShouldStartWith("Mtl.LocalSilo.Tests.Calls.ObserverTests+Ear is no observer reference. Pass what CreateObjectReference returned.");
    }

    [Fact]
    public async Task An_observer_that_nobody_holds_is_collected()
    {
        await using var silo = await StartAsync();
        var reference = MakeForgotten(silo);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        await Should.ThrowAsync<ClientNotAvailableException>(silo.Grains.GetGrain<ITalkGrain>("a").Notify(reference, "x"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IEar MakeForgotten(TestSilo silo) => silo.Grains.CreateObjectReference<IEar>(new Ear(_gates));

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(services: services => services.AddSingleton(_gates));

    private sealed class Ear(Gates gates) : IEar
    {
        public List<string> Heard { get; } = [];

        public async Task Hear(string text)
        {
            await Task.Yield();
            gates.Enter(text);
            Heard.Add(text);
        }

        public void HearLoud(string text) => Heard.Add(text + "!");
    }
}
