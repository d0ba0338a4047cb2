using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Aligns the gradients' principal components to one length: with G = V·diag(σ²)·Vᵀ, g = Σ αₜgₜ, α = σ_min·V·diag(1/σ)·Vᵀ·1/T, over the components with σ² above largest · T · 2⁻²³. The result is that of a
/// gradient matrix whose condition number is 1. Gradients of 0 give 0; a task with a gradient that much smaller than another's counts as none. LibMTL sums where the paper and TorchJD average.
/// Source: Senushkin et al., "Independent Component Alignment for Multi-Task Learning", CVPR 2023.
/// </summary>
public sealed class AlignedMtl(int tasks) : GramBalancer(tasks)
{
    private readonly SymmetricEigen eigen = new(tasks);

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        eigen.Decompose(step.Gram, count);
        var threshold = eigen.Threshold;
        var least = double.PositiveInfinity;
        foreach (var value in eigen.Values)
            if (value > threshold)
                least = Math.Min(least, value);
        for (var k = 0; k < count; k++)
        {
            if (!(eigen.Values[k] > threshold))
                continue;
            var share = 0.0;
            for (var i = 0; i < count; i++)
                share += eigen.Vector(i, k) / count;
            share *= Math.Sqrt(least / eigen.Values[k]);
            for (var i = 0; i < count; i++)
                coefficients[i] += share * eigen.Vector(i, k);
        }
    }
}
