using Mtl.Tracking.Runs;
using Orleans;
using Orleans.Concurrency;

namespace Mtl.Grains.Contracts;

/// <summary>One run; key: its id. The only writer of its record, metrics, log and files; owns its training loop, which runs off the grain's scheduler.</summary>
[Alias("mtl.IRunGrain")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Stores the run as queued and asks for a training slot.</summary>
    [Alias("Queue")]
    Task<Reply<RunStatus>> Queue(RunOrder order);

    /// <summary>Stops after the present step, keeps a checkpoint.</summary>
    [Alias("Pause")]
    Task<Reply<RunStatus>> Pause();

    [Alias("Resume")]
    Task<Reply<RunStatus>> Resume();

    [Alias("Cancel")]
    Task<Reply<RunStatus>> Cancel();

    /// <summary>This run holds <paramref name="cores"/> cores now: begin, or go on from the last checkpoint.</summary>
    [Alias("SlotGranted"), OneWay]
    Task SlotGranted(int cores);

    /// <summary>Takes up a run that nobody attends to (queued or with a lease that ran out); does nothing when it is attended.</summary>
    [Alias("EnsureAttended")]
    Task<Reply<RunStatus>> EnsureAttended();

    /// <summary>Compares this completed run with a completed baseline and keeps the comparison with the run.</summary>
    [Alias("Compare")]
    Task<Reply<double?>> Compare(string baselineRunId);

    /// <summary>The run's changes as they come, a few a second; ends with the final one.</summary>
    [Alias("Watch")]
    IAsyncEnumerable<RunEvent> Watch(long afterStep, long afterLogSequence, CancellationToken cancellation);
}

/// <summary>A run to be queued.</summary>
/// <param name="Definition">The <c>ExperimentDefinition</c> in its JSON form.</param>
/// <param name="Together">Runs that are queued at once with it, itself included: where there are others, it trains with one thread, so that they train beside each other.</param>
[GenerateSerializer, Immutable, Alias("mtl.RunOrder")]
public sealed record RunOrder([property: Id(0)] string ExperimentId, [property: Id(1)] string Name, [property: Id(2)] RunKind Kind, [property: Id(3)] string Definition, [property: Id(4)] int Together = 1);
