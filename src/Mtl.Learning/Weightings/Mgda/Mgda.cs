using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Multiple-gradient descent: the point of least norm in the convex hull of the gradients, g = Σ λₜgₜ with λ ≥ 0, Σλ = 1. No task's loss rises along −g, and g = 0 exactly where no direction lowers all
/// losses (a Pareto-stationary point). With a normalisation the hull is that of gₜ/sₜ, and that is what is combined. A gradient of 0 makes g = 0, as does a pair of opposite ones.
/// Sources: Désidéri, "Multiple-gradient descent algorithm", 2012; Sener and Koltun, "Multi-Task Learning as Multi-Objective Optimization", NeurIPS 2018. Solved exactly, not by Frank and Wolfe's steps.
/// </summary>
public sealed class Mgda(MgdaOptions options, int tasks) : GramBalancer(tasks)
{
    private readonly MinimumNorm minimum = new(tasks);
    private readonly double[] scale = new double[tasks];

    public override bool NeedsPositiveLosses => options.Normalization is GradientScale.Loss or GradientScale.LossL2;

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        for (var i = 0; i < count; i++)
            scale[i] = Scale(step, i) is > 0 and var size ? 1 / size : 1;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                step.Gram[i * count + j] *= scale[i] * scale[j];
        minimum.Solve(step.Gram, coefficients);
        for (var i = 0; i < count; i++)
            coefficients[i] *= scale[i];
    }

    private double Scale(GramStep step, int i) => options.Normalization switch
    {
        GradientScale.L2 => Math.Sqrt(step[i, i]),
        GradientScale.Loss => step.Loss(i),
        GradientScale.LossL2 => step.Loss(i) * Math.Sqrt(step[i, i]),
        _ => 1,
    };
}
