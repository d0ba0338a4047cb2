using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>
/// λ·‖W‖₁,∞ = λ·Σⱼ max_c |w_jc|: once a feature is used by a column, others may use it as much for nothing. Proximal map: each feature's row less its projection on the L1 ball of radius step·λ
/// (Moreau's identity; Duchi et al., "Efficient Projections onto the l1-Ball", 2008).
/// </summary>
internal sealed class RowMaxPenalty(double strength) : Penalty
{
    public override double Value(LinearShape shape, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var j = 0; j < shape.Features; j++)
        {
            var largest = 0.0;
            for (var at = j; at < w.Length; at += shape.Stride)
                largest = Math.Max(largest, Math.Abs(w[at]));
            sum += largest;
        }

        return strength * sum;
    }

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        var (radius, sizes) = (step * strength, new double[shape.Columns]);
        for (var j = 0; j < shape.Features; j++)
        {
            for (var c = 0; c < shape.Columns; c++)
                sizes[c] = Math.Abs(w[c * shape.Stride + j]);
            Array.Sort(sizes);
            Array.Reverse(sizes);

            // What is left of the row is cut at the level at which the parts above sum to the radius.
            double sum = 0, level = 0;
            for (var c = 0; c < sizes.Length; c++)
            {
                sum += sizes[c];
                level = (sum - radius) / (c + 1);
                if (c + 1 == sizes.Length || level >= sizes[c + 1])
                    break;
            }

            level = Math.Max(level, 0);
            for (var at = j; at < w.Length; at += shape.Stride)
                w[at] = Math.CopySign(Math.Min(Math.Abs(w[at]), level), w[at]);
        }

        return Value(shape, w);
    }

    public override double DualScale(LinearShape shape, ReadOnlySpan<double> g)
    {
        var largest = 0.0;
        for (var j = 0; j < shape.Features; j++)
        {
            var sum = 0.0;
            for (var at = j; at < g.Length; at += shape.Stride)
                sum += Math.Abs(g[at]);
            largest = Math.Max(largest, sum);
        }

        return Within(strength, largest);
    }
}
