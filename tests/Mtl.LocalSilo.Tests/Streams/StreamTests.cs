using Microsoft.Extensions.DependencyInjection;
using Mtl.LocalSilo.Tests.Activations;
using Mtl.LocalSilo.Tests.Hosting;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Streams;

public sealed class StreamTests
{
    private readonly Journal _journal = new();
    private readonly Gates _gates = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task All_elements_arrive_in_order_whatever_the_batch(int batchSize)
    {
        await using var silo = await StartAsync();

        (await ReadAsync(Grain(silo).Numbers(250, "").WithBatchSize(batchSize))).ShouldBe(Enumerable.Range(0, 250));
    }

    [Fact]
    public async Task Elements_arrive_as_soon_as_they_are_there()
    {
        await using var silo = await StartAsync();
        var stream = Grain(silo).Numbers(5, "g").GetAsyncEnumerator();

        for (var i = 0; i < 3; i++)
        {
            (await stream.MoveNextAsync()).ShouldBeTrue();
            stream.Current.ShouldBe(i);
        }

        var next = stream.MoveNextAsync().AsTask();
        await _gates.EnteredAsync("g");
        next.IsCompleted.ShouldBeFalse();
        _gates.Open("g");
        (await next).ShouldBeTrue();
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task Requests_go_on_while_a_stream_waits()
    {
        await using var silo = await StartAsync();
        var grain = Grain(silo);
        var reading = ReadAsync(grain.Numbers(5, "g"));
        await _gates.EnteredAsync("g");

        (await grain.Touch()).ShouldBe(1);

        _gates.Open("g");
        (await reading).ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task Each_reading_starts_anew()
    {
        await using var silo = await StartAsync();
        var stream = Grain(silo).Numbers(3, "");

        (await ReadAsync(stream)).ShouldBe([0, 1, 2]);
        (await ReadAsync(stream)).ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_ends_the_reading_and_the_iterator(bool byReader)
    {
        await using var silo = await StartAsync();
        using var cancellation = new CancellationTokenSource();
        var reading = byReader
            ? ReadAsync(Grain(silo).Numbers(5, "g"), cancellation.Token)
            : ReadAsync(Grain(silo).Numbers(5, "g", cancellation.Token));
        await _gates.EnteredAsync("g");

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
        await _gates.EnteredAsync("g ended");
    }

    [Fact]
    public async Task Leaving_a_stream_early_ends_the_iterator()
    {
        await using var silo = await StartAsync();

        await foreach (var number in Grain(silo).Numbers(1000, "").WithBatchSize(10))
            if (number == 3) break;

        _journal.Entries.ShouldBe(["a up", "a ended the stream"]);
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_any_more_is_ended()
    {
        await using var silo = await StartAsync();
        var stream = Grain(silo).Numbers(1000, "").WithBatchSize(2).GetAsyncEnumerator();
        await stream.MoveNextAsync();

        _time.Advance(TimeSpan.FromSeconds(30));

        await _gates.EnteredAsync(" ended");
        await stream.MoveNextAsync();
        var aborted = await Should.ThrowAsync<EnumerationAbortedException>(async () => await stream.MoveNextAsync());
        aborted.Message.ShouldBe("The stream of ILifeGrain.Numbers of life/a has ended early: its consumer had not read for 00:00:30.");
    }

    [Fact]
    public async Task An_iterators_exception_comes_after_the_elements_before_it()
    {
        await using var silo = await StartAsync();
        List<int> numbers = [];

        var failure = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var number in Grain(silo).Numbers(5, "fail")) numbers.Add(number);
        });

        failure.Message.ShouldBe("no more numbers");
        failure.StackTrace.ShouldNotBeNull().ShouldContain("LifeGrain.Numbers");
        numbers.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task A_stream_ends_with_its_grain()
    {
        await using var silo = await StartAsync();
        var grain = Grain(silo);
        var reading = ReadAsync(grain.Numbers(5, "g"));
        await _gates.EnteredAsync("g");

        await silo.Silo.DeactivateAsync(grain);

        (await Should.ThrowAsync<EnumerationAbortedException>(reading)).Message
            .ShouldBe("The stream of ILifeGrain.Numbers of life/a has ended early: its grain was deactivated.");
        _journal.Entries.ShouldBe(["a up", "a ended the stream", "a down: RuntimeRequested", "a disposed"]);
    }

    [Fact]
    public async Task A_stream_that_waits_long_does_not_time_out_and_keeps_its_grain()
    {
        await using var silo = await StartAsync();
        var reading = ReadAsync(Grain(silo).Numbers(5, "g"));
        await _gates.EnteredAsync("g");

        _time.Advance(TimeSpan.FromHours(1));

        silo.Silo.Activations.Count.ShouldBe(1);
        _gates.Open("g");
        (await reading).ShouldBe([0, 1, 2, 3, 4]);
    }

    private static ILifeGrain Grain(TestSilo silo) => silo.Grains.GetGrain<ILifeGrain>("a");

    private static async Task<List<int>> ReadAsync(IAsyncEnumerable<int> stream, CancellationToken cancellationToken = default)
    {
        List<int> numbers = [];
        await foreach (var number in stream.WithCancellation(cancellationToken)) numbers.Add(number);
        return numbers;
    }

    private Task<TestSilo> StartAsync() =>
        TestSilo.StartAsync(time: _time, services: services => services.AddSingleton(_journal).AddSingleton(_gates));
}
