using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>λ·‖W‖₂,₁ = λ·Σⱼ √(Σ_c w_jc²): a feature is used by all columns or by none. Proximal map: each feature's row shrinks as a whole.</summary>
internal sealed class RowGroupPenalty(double strength) : Penalty
{
    public override double Value(LinearShape shape, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var j = 0; j < shape.Features; j++)
            sum += Norm(shape, w, j);
        return strength * sum;
    }

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        var sum = 0.0;
        for (var j = 0; j < shape.Features; j++)
        {
            var norm = Norm(shape, w, j);
            var factor = norm > step * strength ? 1 - step * strength / norm : 0;
            for (var at = j; at < w.Length; at += shape.Stride)
                w[at] *= factor;
            sum += norm * factor;
        }

        return strength * sum;
    }

    public override double DualScale(LinearShape shape, ReadOnlySpan<double> g)
    {
        var largest = 0.0;
        for (var j = 0; j < shape.Features; j++)
            largest = Math.Max(largest, Norm(shape, g, j));
        return Within(strength, largest);
    }

    private static double Norm(LinearShape shape, ReadOnlySpan<double> w, int feature)
    {
        var squares = 0.0;
        for (var at = feature; at < w.Length; at += shape.Stride)
            squares += w[at] * w[at];
        return Math.Sqrt(squares);
    }
}
