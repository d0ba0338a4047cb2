using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// The conflict-free direction: with unit gradients U, v = U⁺1 has the same cosine with every gradient; g = (Σ gₜ·v̂)·v̂ with v̂ = v/‖v‖, as long as the gradients' projections onto it together.
/// With the cosines C this is v = Uᵀ(C⁺1). Where C⁺1 vanishes, as for opposite gradients, g = 0; a gradient of 0 has the coefficient 0.
/// Source: Liu, Chu and Thuerey, "ConFIG: Towards Conflict-free Training of Physics Informed Neural Networks", ICLR 2025.
/// </summary>
public sealed class ConFig(int tasks) : GramBalancer(tasks)
{
    private readonly SymmetricEigen eigen = new(tasks);
    private readonly double[] norms = new double[tasks];
    private readonly double[] cosines = new double[tasks * tasks];
    private readonly double[] projections = new double[tasks];

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        var along = projections.AsSpan(0, count);
        SmallMatrix.Cosines(step.Gram, norms.AsSpan(0, count), cosines);
        eigen.Decompose(cosines, count);
        for (var i = 0; i < count; i++)
            along[i] = norms[i] > 0 ? 1 : 0;
        eigen.PseudoSolve(along, coefficients);
        SmallMatrix.Multiply(cosines.AsSpan(0, count * count), coefficients, along);
        var (square, length) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            square += coefficients[i] * along[i];
            length += norms[i] * along[i];
        }

        for (var i = 0; i < count; i++)
            coefficients[i] = square > 1e-12 && norms[i] > 0 ? coefficients[i] / norms[i] * length / square : 0;
    }
}
