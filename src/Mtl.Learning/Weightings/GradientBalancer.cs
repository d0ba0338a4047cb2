namespace Mtl.Learning.Weightings;

/// <summary>
/// Combines the tasks' gradients of the shared parameters into the one that the step descends. Parameters of a single task keep their own gradient,
/// scaled by <see cref="OwnWeights"/>.
/// </summary>
public abstract class GradientBalancer : Weighting
{
    /// <summary>The coefficients cₜ of the last combination, Σ cₜgₜ, [tasks]; what a run reports as the tasks' weights. One before the first.</summary>
    public abstract ReadOnlySpan<float> Coefficients { get; }

    /// <summary>
    /// What the last combination scales the gradients of each task's own parameters by, [tasks]: for methods whose weights are those of whole losses. Empty for ones, where a method is about the shared
    /// parameters alone.
    /// </summary>
    public virtual ReadOnlySpan<float> OwnWeights => [];

    /// <summary>Whether it asks for gradients beyond the step's own, <see cref="BalancedStep.Probe"/>.</summary>
    public virtual bool Probes => false;

    /// <summary>
    /// Whether only gradients of parameters will do, not those of a batch's representations: because it keeps something of every element from step to step, or probes.
    /// </summary>
    public virtual bool NeedsParameterGradients => Probes;

    /// <summary>Makes room for vectors as long as a gradient; called once, before the first step and before any state is restored.</summary>
    /// <param name="length">Of a gradient.</param>
    public virtual void Allocate(int length)
    {
    }

    /// <summary>Writes the combined gradient. A gradient that is not finite leaves a combined one that is not.</summary>
    /// <param name="step">What the step computed.</param>
    /// <param name="combined">[length], overwritten; not the memory of the gradients.</param>
    /// <exception cref="Solvers.SolverException">The method's inner problem was not solved to its tolerance.</exception>
    public abstract void Combine(BalancedStep step, Span<float> combined);
}

/// <summary>What a step gives to a balancer.</summary>
/// <param name="gradients">The tasks' gradients of their unweighted losses, [tasks, length].</param>
/// <param name="losses">The unweighted mean losses of the batch, [tasks]; an absent task's entry is not read.</param>
/// <param name="present">Whether the task had labelled rows in the batch, [tasks]; the gradient of an absent one is left out and its coefficient is 0.</param>
/// <param name="step">The optimiser step, from 1; with the seed it decides all randomness.</param>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="probe">For a balancer that <see cref="GradientBalancer.Probes"/>.</param>
public readonly ref struct BalancedStep(
    GradientMatrix gradients, ReadOnlySpan<float> losses, ReadOnlySpan<bool> present, long step, int epoch, IGradientProbe? probe = null)
{
    public GradientMatrix Gradients { get; } = gradients;

    public ReadOnlySpan<float> Losses { get; } = losses;

    public ReadOnlySpan<bool> Present { get; } = present;

    public long Step => step;

    public int Epoch => epoch;

    /// <summary>Further gradients.</summary>
    /// <exception cref="InvalidOperationException">None was given.</exception>
    public IGradientProbe Probe => probe ?? throw new InvalidOperationException("This balancer needs a gradient probe, and the step has none.");
}
