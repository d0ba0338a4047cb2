using System.ComponentModel.DataAnnotations;

namespace Mtl.Runtime;

/// <summary>How far ONNX Runtime rewrites a graph before it runs it.</summary>
public enum OptimizationLevel
{
    None,

    /// <summary>Removes what is redundant: constants folded, equal nodes shared.</summary>
    Basic,

    /// <summary>Also fuses neighbouring operators.</summary>
    Extended,

    /// <summary>Also changes memory layouts.</summary>
    All,
}

/// <summary>How an <see cref="Executable"/> runs.</summary>
public sealed record ExecutableOptions
{
    public static ExecutableOptions Default { get; } = new();

    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Threads of one run, the caller's included; 1 by default, because a machine does most with one thread per run and as many runs as cores.
    /// Two pay for a run that is alone on the machine, from about width 256 and batch 256. Results are the same bits.
    /// </summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = 1;

    /// <summary>Whether idle threads spin for work. Faster by microseconds, at up to 7 times the CPU time; for benchmarks.</summary>
    public bool AllowSpinning { get; init; }

    /// <summary>Whether ONNX Runtime plans memory from the first run's sizes. Only for one fixed batch size.</summary>
    public bool MemoryPattern { get; init; }

    public OptimizationLevel Optimization { get; init; } = OptimizationLevel.All;
}
