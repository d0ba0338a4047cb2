using System.Numerics.Tensors;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>λ·Σ_c ‖w_c‖: a column is zero as a whole or not at all. Proximal map: each column shrinks as a whole.</summary>
internal sealed class ColumnGroupPenalty(double strength) : Penalty
{
    public override double Value(LinearShape shape, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var c = 0; c < shape.Columns; c++)
            sum += TensorPrimitives.Norm(w[shape.Weights(c)]);
        return strength * sum;
    }

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        for (var c = 0; c < shape.Columns; c++)
        {
            var weights = w[shape.Weights(c)];
            var norm = TensorPrimitives.Norm<double>(weights);
            TensorPrimitives.Multiply(weights, norm > step * strength ? 1 - step * strength / norm : 0, weights);
        }

        return Value(shape, w);
    }

    public override double DualScale(LinearShape shape, ReadOnlySpan<double> g)
    {
        var largest = 0.0;
        for (var c = 0; c < shape.Columns; c++)
            largest = Math.Max(largest, TensorPrimitives.Norm(g[shape.Weights(c)]));
        return Within(strength, largest);
    }
}
