using Mtl.LocalSilo.Tests.Hosting;

namespace Mtl.LocalSilo.Tests.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task A_grain_keeps_its_state_between_calls_and_each_key_has_its_own()
    {
        await using var silo = await TestSilo.StartAsync();
        var a = silo.Grains.GetGrain<ICounterGrain>("a");

        await a.Add(2);

        (await a.Add(3)).ShouldBe(5);
        (await silo.Grains.GetGrain<ICounterGrain>("b").Add(1)).ShouldBe(1);
    }
}
