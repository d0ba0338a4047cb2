using Mtl.Core;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>How the tasks are weighed against each other: a <see cref="LossWeighting"/> or a <see cref="GradientBalancer"/>. Not thread-safe.</summary>
public abstract class Weighting : IStateful
{
    private protected Weighting()
    {
    }

    public abstract IReadOnlyList<NamedTensor> State { get; }

    /// <summary>Whether it takes losses' logarithms, ratios or sizes, which mean nothing below 0.</summary>
    public virtual bool NeedsPositiveLosses => false;

    /// <summary>Learns from one epoch.</summary>
    /// <param name="meanLosses">The unweighted training losses averaged over the epoch, [tasks]; an absent task's entry is not read.</param>
    /// <param name="present">Whether the task had labelled rows in the epoch, [tasks].</param>
    public virtual void LearnFromEpoch(ReadOnlySpan<double> meanLosses, ReadOnlySpan<bool> present)
    {
    }
}

/// <summary>What a weighting is made for.</summary>
/// <param name="Tasks">The tasks' names in the definition's order, at least one.</param>
/// <param name="Seed">Seed of the run.</param>
public sealed record WeightingContext(IReadOnlyList<string> Tasks, ulong Seed);

/// <summary>Makes a weighting for the tasks, or says why its options do not suit them.</summary>
public delegate Result<Weighting> MakeWeighting(WeightingContext context);
