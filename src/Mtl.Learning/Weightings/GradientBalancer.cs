namespace Mtl.Learning.Weightings;

/// <summary>
/// Combines the tasks' gradients of the shared parameters into the one that the step descends. Parameters of a single task keep their own, unweighted gradient.
/// </summary>
public abstract class GradientBalancer : Weighting
{
    /// <summary>The coefficients cₜ of the last combination, Σ cₜgₜ, [tasks]; what a run reports as the tasks' weights. One before the first.</summary>
    public abstract ReadOnlySpan<float> Coefficients { get; }

    /// <summary>Writes the combined gradient.</summary>
    /// <param name="gradients">The tasks' gradients of their unweighted losses, [tasks, length].</param>
    /// <param name="present">Whether the task had labelled rows in the batch, [tasks]; the gradient of an absent one is left out and its coefficient is 0.</param>
    /// <param name="step">The optimiser step, from 1; with the seed it decides all randomness.</param>
    /// <param name="combined">[length], overwritten; not the memory of the gradients.</param>
    public abstract void Combine(GradientMatrix gradients, ReadOnlySpan<bool> present, long step, Span<float> combined);
}
