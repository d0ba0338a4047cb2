using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>How models are served.</summary>
public sealed record ServingOptions
{
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Threads of one run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Most rows that requests waiting together are joined to; a larger request runs by itself.</summary>
    public int MaximumBatchRows { get; init; } = 1024;

    /// <summary>A request that finds more rows than this waiting is turned away, so that an overload takes a bounded amount of memory.</summary>
    public int MaximumWaitingRows { get; init; } = 262_144;

    /// <summary>Clock of the statistics.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
