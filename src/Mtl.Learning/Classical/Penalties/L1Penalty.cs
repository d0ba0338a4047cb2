using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>λ·Σ|w|. Proximal map: soft thresholding.</summary>
internal sealed class L1Penalty(double strength) : Penalty
{
    public override double Value(LinearShape shape, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var c = 0; c < shape.Columns; c++)
            foreach (var weight in w[shape.Weights(c)])
                sum += Math.Abs(weight);
        return strength * sum;
    }

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        for (var c = 0; c < shape.Columns; c++)
            foreach (ref var weight in w[shape.Weights(c)])
                weight = Math.CopySign(Math.Max(Math.Abs(weight) - step * strength, 0), weight);
        return Value(shape, w);
    }

    public override double DualScale(LinearShape shape, ReadOnlySpan<double> g)
    {
        var largest = 0.0;
        for (var c = 0; c < shape.Columns; c++)
            foreach (var slope in g[shape.Weights(c)])
                largest = Math.Max(largest, Math.Abs(slope));
        return Within(strength, largest);
    }
}
