using Microsoft.Extensions.DependencyInjection;
using Mtl.LocalSilo.Tests.Activations;
using Mtl.LocalSilo.Tests.Copying;
using Mtl.LocalSilo.Tests.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Calls;

public sealed class CallTests
{
    private readonly Gates _gates = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_grain_keeps_its_state_between_calls_and_each_key_has_its_own()
    {
        await using var silo = await StartAsync();
        var a = silo.Grains.GetGrain<ICounterGrain>("a");

        await a.Add(2);

        (await a.AddByValueTask(3)).ShouldBe(5);
        (await silo.Grains.GetGrain<ICounterGrain>("b").Add(1)).ShouldBe(1);
        await a.Reset();
        (await a.Add(1)).ShouldBe(1);
        (await a.Key()).ShouldBe("a");
    }

    [Fact]
    public async Task Arguments_and_results_are_copies()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");
        var sent = new Sample("s", [1]) { Counts = [] };
        List<int> numbers = [1];

        var received = await grain.Echo(sent);
        await grain.Keep(numbers);
        numbers.Add(2);

        sent.Values.ShouldBe([1]);
        received.Values.ShouldBe([1, 99]);
        (await grain.Kept()).ShouldBe([1]);
    }

    [Fact]
    public async Task Immutable_types_parameters_and_results_are_passed_as_they_are()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");
        var frozen = new Frozen([1], new List<string>());
        List<int> numbers = [1];

        await grain.KeepImmutable(numbers);

        (await grain.Kept()).ShouldBeSameAs(numbers);
        (await grain.EchoFrozen(frozen)).ShouldBeSameAs(frozen);
    }

    [Fact]
    public async Task A_value_that_may_not_travel_is_refused_where_it_is_sent()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");

        (await grain.Any(new List<int> { 1 })).ShouldBeOfType<List<int>>().ShouldBe([1]);
        Should.Throw<UnserializableTypeException>(() => { _ = grain.Any(new MemoryStream()); }).Message.ShouldStartWith("MemoryStream has no [GenerateSerializer]. ");
    }

    [Fact]
    public async Task An_exception_crosses_with_type_message_members_and_stack()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");

        var domain = await Should.ThrowAsync<DomainException>(grain.Fail("domain"));
        (domain.Message, domain.Code, domain.Detail).ShouldBe(("domain went wrong", 42, "why"));
        domain.StackTrace.ShouldNotBeNull().ShouldContain("TalkGrain.Fail");

        var unmarked = await Should.ThrowAsync<UnmarkedException>(grain.Fail("unmarked"));
        (unmarked.Message, unmarked.Detail).ShouldBe(("unmarked went wrong", null));

        (await Should.ThrowAsync<OrleansException>(grain.Fail("broken"))).Message.ShouldBe("Mtl.LocalSilo.Tests.Calls.BrokenException: broken went wrong");

        var outer = await Should.ThrowAsync<InvalidOperationException>(grain.Fail("inner"));
        outer.InnerException.ShouldBeOfType<ArgumentNullException>().Message.ShouldBe("inner (Parameter 'part')");

        var many = await Should.ThrowAsync<AggregateException>(grain.Fail("aggregate"));
        many.Message.ShouldBe("many (a) (b)");
        many.InnerExceptions.Select(inner => inner.GetType()).ShouldBe([typeof(FormatException), typeof(TimeoutException)]);

        (await Should.ThrowAsync<ArgumentOutOfRangeException>(grain.Fail("?"))).Message.ShouldStartWith("unknown kind (Parameter 'kind')");
    }

    [Fact]
    public async Task A_call_that_takes_too_long_times_out_and_tells_the_grain()
    {
        await using var silo = await StartAsync();
        var waiting = silo.Grains.GetGrain<ITalkGrain>("a").Wait("w", default);
        await _gates.EnteredAsync("w");

        _time.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<TimeoutException>(waiting)).Message.ShouldStartWith("ITalkGrain.Wait of talk/a did not respond within 00:00:30. ");
        await _gates.EnteredAsync("w cancelled");
        _gates.Open("w");
    }

    [Fact]
    public async Task A_method_may_have_a_time_out_of_its_own()
    {
        await using var silo = await StartAsync();
        var quick = silo.Grains.GetGrain<ITalkGrain>("a").Quick("q");

        _time.Advance(TimeSpan.FromSeconds(5));

        (await Should.ThrowAsync<TimeoutException>(quick)).Message.ShouldStartWith("ITalkGrain.Quick of talk/a did not respond within 00:00:05. ");
        _gates.Open("q");
    }

    [Fact]
    public async Task Cancelling_a_call_ends_it_for_the_caller_and_cancels_the_grains_token_in_a_turn()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");
        using var cancellation = new CancellationTokenSource();
        var waiting = grain.Wait("w", cancellation.Token);
        await _gates.EnteredAsync("w");

        await cancellation.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(waiting)).CancellationToken.ShouldBe(cancellation.Token);
        await _gates.EnteredAsync("w cancelled");
        _gates.Open("w");
        (await grain.Key()).ShouldBe("a");
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_sent()
    {
        await using var silo = await StartAsync();

        await Should.ThrowAsync<OperationCanceledException>(silo.Grains.GetGrain<ITalkGrain>("a").Wait("w", new CancellationToken(canceled: true)));

        silo.Silo.Activations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_one_way_call_is_complete_at_once_and_its_failure_is_logged()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ITalkGrain>("a");

        var telling = grain.Tell("t");
        telling.IsCompletedSuccessfully.ShouldBeTrue();
        _gates.Open("t");
        await _gates.EnteredAsync("t told");
        await grain.TellWrong();
        await grain.Key();

        silo.Log.Errors.ShouldBe(["One-way call ITalkGrain.TellWrong of talk/a threw"]);
    }

    [Fact]
    public async Task References_travel_and_grains_themselves_do_not()
    {
        await using var silo = await StartAsync();
        var (a, b) = (silo.Grains.GetGrain<ITalkGrain>("a"), silo.Grains.GetGrain<ITalkGrain>("b"));

        (await a.Ask(b)).ShouldBe("b");
        (await a.Self(asReference: true)).ShouldBe(a);
        (await Should.ThrowAsync<UnserializableTypeException>(a.Self(asReference: false))).Message
            .ShouldBe("TalkGrain is a grain itself, not a reference to one. Pass this.AsReference<ITalkGrain>().");
    }

    [Fact]
    public async Task References_to_one_grain_are_equal_and_know_their_key()
    {
        await using var silo = await StartAsync();
        var (a, again, b) = (silo.Grains.GetGrain<ITalkGrain>("a"), silo.Grains.GetGrain<ITalkGrain>("a"), silo.Grains.GetGrain<ITalkGrain>("b"));

        a.ShouldBe(again);
        a.GetHashCode().ShouldBe(again.GetHashCode());
        a.ShouldNotBe(b);
        a.GetPrimaryKeyString().ShouldBe("a");
        a.GetGrainId().ToString().ShouldBe("talk/a");
        silo.Grains.GetGrain<ITalkGrain>(GrainId.Create("talk", "a")).ShouldBe(a);
        Should.Throw<InvalidCastException>(() => a.AsReference<ICounterGrain>()).Message
            .ShouldBe("talk/a is a TalkGrain, which does not implement Mtl.LocalSilo.Tests.Calls.ICounterGrain.");
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<ITalkGrain>(" "));
    }

    [Fact]
    public async Task Thousands_of_calls_from_many_threads_arrive_once_each()
    {
        await using var silo = await TestSilo.StartAsync(services: services => services.AddSingleton(_gates));
        var keys = Enumerable.Range(0, 20).Select(key => $"k{key}").ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), async (number, _) => await silo.Grains.GetGrain<ICounterGrain>(keys[number % 20]).Add(1));

        foreach (var key in keys) (await silo.Grains.GetGrain<ICounterGrain>(key).Add(0)).ShouldBe(1000);
    }

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(time: _time, services: services => services.AddSingleton(_gates));
}
