using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Unconflicting projection: each gradient is projected onto the directions that conflict with no gradient, {d : gₜ·d ≥ 0 for all t}, and the projections are averaged. Without regularisation the result conflicts
/// with no task, and each task's influence grows with its gradient's size. Opposite gradients and gradients of 0 give 0. The quadratic programs are solved exactly.
/// Source: Quinton and Rey, "Jacobian Descent for Multi-Objective Optimization", 2024; regularised as in TorchJD.
/// </summary>
public sealed class UpGrad(DualConeOptions options, int tasks) : GramBalancer(tasks)
{
    private readonly DualCone cone = new(tasks);
    private readonly double[] projected = new double[tasks];

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        DualCone.Regularize(step.Gram, count, options.Regularization);
        var own = projected.AsSpan(0, count);
        for (var task = 0; task < count; task++)
        {
            own.Clear();
            own[task] = 1.0 / count;
            cone.Project(step.Gram, own);
            for (var k = 0; k < count; k++)
                coefficients[k] += own[k];
        }
    }
}
