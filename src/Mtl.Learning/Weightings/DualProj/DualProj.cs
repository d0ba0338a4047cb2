using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// The mean gradient projected onto the directions that conflict with no gradient, {d : gₜ·d ≥ 0 for all t}; without regularisation the result conflicts with no task and is the nearest such direction.
/// Opposite gradients and gradients of 0 give 0. The quadratic program is solved exactly.
/// Source: Lopez-Paz and Ranzato, "Gradient Episodic Memory for Continual Learning", NeurIPS 2017, as Quinton and Rey state it for all tasks at once; regularised as in TorchJD.
/// </summary>
public sealed class DualProj(DualConeOptions options, int tasks) : GramBalancer(tasks)
{
    private readonly DualCone cone = new(tasks);

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        DualCone.Regularize(step.Gram, step.Count, options.Regularization);
        coefficients.Fill(1.0 / step.Count);
        cone.Project(step.Gram, coefficients);
    }
}
