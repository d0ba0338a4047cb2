using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>λ·‖W‖_*, the sum of singular values: columns lie in few common directions. Proximal map: soft thresholding of the singular values.</summary>
internal sealed class TraceNormPenalty(double strength) : Penalty
{
    public override double Value(LinearShape shape, ReadOnlySpan<double> w) => strength * Spectrum.Of(shape, w).Values.Sum();

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        var spectrum = Spectrum.Of(shape, w);
        double[] cut = [.. spectrum.Values.Select(value => Math.Max(value - step * strength, 0))];
        spectrum.Apply(w, cut);
        return strength * cut.Sum();
    }

    public override double DualScale(LinearShape shape, ReadOnlySpan<double> g) => Within(strength, Spectrum.Of(shape, g).Values[^1]);
}
