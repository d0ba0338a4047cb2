namespace Mtl.Learning.Weightings;

/// <summary>
/// Weighs the tasks' losses: the step descends Σ λₜLₜ. Before a step <see cref="Weights"/> holds λ; after it the weighting learns from the step's losses.
/// A task without labelled rows in a batch is absent: its loss does not count and its state stays as it is.
/// </summary>
public abstract class LossWeighting : Weighting
{
    /// <summary>λ of the next step, [tasks].</summary>
    public abstract ReadOnlySpan<float> Weights { get; }

    /// <summary>Learns from one step.</summary>
    /// <param name="losses">The unweighted mean losses of the batch, [tasks]; an absent task's entry is not read.</param>
    /// <param name="present">Whether the task had labelled rows, [tasks].</param>
    public virtual void LearnFromStep(ReadOnlySpan<float> losses, ReadOnlySpan<bool> present)
    {
    }

    /// <summary>Makes λ of the step, for weightings whose λ depends on which step it is.</summary>
    /// <param name="step">The optimiser step, from 1.</param>
    public virtual void BeginStep(long step)
    {
    }
}
