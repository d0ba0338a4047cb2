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

    /// <summary>Learns from one epoch.</summary>
    /// <param name="meanLosses">The unweighted training losses averaged over the epoch, [tasks]; an absent task's entry is not read.</param>
    /// <param name="present">Whether the task had labelled rows in the epoch, [tasks].</param>
    public virtual void LearnFromEpoch(ReadOnlySpan<double> meanLosses, ReadOnlySpan<bool> present)
    {
    }
}
