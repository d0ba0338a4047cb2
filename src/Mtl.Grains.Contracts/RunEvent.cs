using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>What changed in a run since the last event.</summary>
/// <param name="RewoundTo">Points and lines beyond this step are void: the run was resumed from there.</param>
[GenerateSerializer, Immutable, Alias("mtl.RunEvent")]
public sealed record RunEvent(
    [property: Id(0)] RunStatus Status,
    [property: Id(1)] long Step,
    [property: Id(2)] long TotalSteps,
    [property: Id(3)] int Epoch,
    [property: Id(4)] int Epochs,
    [property: Id(5)] double TrainingSeconds,
    [property: Id(6)] EventPoint[] Points,
    [property: Id(7)] EventLine[] Log,
    [property: Id(8)] long? RewoundTo);

/// <summary>A metric point in an event.</summary>
[GenerateSerializer, Immutable, Alias("mtl.EventPoint")]
public readonly record struct EventPoint([property: Id(0)] string Key, [property: Id(1)] long Step, [property: Id(2)] double Value, [property: Id(3)] DateTimeOffset Time);

/// <summary>A log line in an event.</summary>
[GenerateSerializer, Immutable, Alias("mtl.EventLine")]
public sealed record EventLine(
    [property: Id(0)] long Sequence, [property: Id(1)] long Step, [property: Id(2)] DateTimeOffset Time, [property: Id(3)] LogSeverity Severity, [property: Id(4)] string Message);
