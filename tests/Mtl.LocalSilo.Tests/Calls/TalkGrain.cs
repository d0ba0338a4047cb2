using Mtl.LocalSilo.Tests.Activations;
using Mtl.LocalSilo.Tests.Copying;
using Orleans;
using Orleans.Concurrency;

namespace Mtl.LocalSilo.Tests.Calls;

/// <summary>A grain that does with calls what can be done with them.</summary>
[Alias("tests.talk")]
public interface ITalkGrain : IGrainWithStringKey
{
    [Alias("echo")]
    Task<Sample> Echo(Sample sample);

    [Alias("echo-frozen")]
    Task<Frozen> EchoFrozen(Frozen frozen);

    [Alias("keep")]
    Task Keep(List<int> numbers);

    [Alias("keep-immutable")]
    Task KeepImmutable([Immutable] List<int> numbers);

    [Alias("kept")]
    [return: Immutable]
    Task<List<int>> Kept();

    [Alias("any")]
    Task<object?> Any(object? value);

    [Alias("fail")]
    Task Fail(string kind);

    [Alias("wait")]
    Task<string> Wait(string gate, CancellationToken cancellationToken);

    [Alias("quick")]
    [ResponseTimeout("00:00:05")]
    Task Quick(string gate);

    [Alias("tell")]
    [OneWay]
    Task Tell(string gate);

    [Alias("tell-wrong")]
    [OneWay]
    Task TellWrong();

    [Alias("self")]
    Task<ITalkGrain> Self(bool asReference);

    [Alias("ask")]
    Task<string> Ask(ITalkGrain other);

    [Alias("key")]
    Task<string> Key();

    [Alias("notify")]
    Task Notify(IEar ear, string text);

    [Alias("shout")]
    Task Shout(IEar ear, string text);
}

[Alias("tests.ear")]
public interface IEar : IGrainObserver
{
    [Alias("hear")]
    Task Hear(string text);

    [Alias("hear-loud")]
    void HearLoud(string text);
}

[GenerateSerializer]
[Alias("tests.domain-exception")]
public sealed class DomainException(string message, int code, string detail) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;

    [Id(1)]
    public string Detail { get; } = detail;
}

[GenerateSerializer]
[Alias("tests.broken-exception")]
public sealed class BrokenException(string message, object part) : Exception(message)
{
    [Id(0)]
    public object Part { get; } = part;
}

public sealed class UnmarkedException(string message, string detail) : Exception(message)
{
    public string? Detail { get; } = detail;
}

internal sealed class TalkGrain(Gates gates) : Grain, ITalkGrain
{
    private List<int> _kept = [];

    public Task<Sample> Echo(Sample sample)
    {
        sample.Values.Add(99);
        return Task.FromResult(sample);
    }

    public Task<Frozen> EchoFrozen(Frozen frozen) => Task.FromResult(frozen);

    public Task Keep(List<int> numbers)
    {
        _kept = numbers;
        return Task.CompletedTask;
    }

    public Task KeepImmutable(List<int> numbers) => Keep(numbers);

    public Task<List<int>> Kept() => Task.FromResult(_kept);

    public Task<object?> Any(object? value) => Task.FromResult(value);

    public async Task Fail(string kind)
    {
        await Task.Yield();
        throw kind switch
        {
            "domain" => new DomainException("domain went wrong", 42, "why"),
            "broken" => new BrokenException("broken went wrong", new MemoryStream()),
            "unmarked" => new UnmarkedException("unmarked went wrong", "lost"),
            "inner" => new InvalidOperationException("outer", new ArgumentNullException("part", "inner")),
            "aggregate" => new AggregateException("many", new FormatException("a"), new TimeoutException("b")),
            _ => new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind"),
        };
    }

    public async Task<string> Wait(string gate, CancellationToken cancellationToken)
    {
        gates.Enter(gate);
        using var cancelled = cancellationToken.Register(() => gates.Enter(TaskScheduler.Current == TaskScheduler.Default ? "elsewhere" : $"{gate} cancelled"));
        await gates.PassAsync(gate);
        return gate;
    }

    public Task Quick(string gate) => gates.PassAsync(gate);

    public async Task Tell(string gate)
    {
        await gates.PassAsync(gate);
        gates.Enter($"{gate} told");
    }

    public Task TellWrong() => throw new InvalidOperationException("nobody hears this");

    public Task<ITalkGrain> Self(bool asReference) => Task.FromResult(asReference ? this.AsReference<ITalkGrain>() : this);

    public Task<string> Ask(ITalkGrain other) => other.Key();

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task Notify(IEar ear, string text) => ear.Hear(text);

    public Task Shout(IEar ear, string text)
    {
        ear.HearLoud(text);
        return Task.CompletedTask;
    }
}
