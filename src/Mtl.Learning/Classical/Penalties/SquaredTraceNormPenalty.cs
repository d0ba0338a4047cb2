using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>
/// ½λ·‖W‖_*² = min over Ω ⪰ 0, tr Ω = 1 of ½λ·tr(WᵀΩ⁻¹W), least at Ω = (WWᵀ)^½/tr: what a learned covariance of the columns amounts to. Proximal map: singular values less step·λ times their new sum, cut at 0.
/// Conjugate: ‖g‖²/2λ with the largest singular value.
/// </summary>
internal sealed class SquaredTraceNormPenalty(double strength) : Penalty
{
    public override bool IsNorm => false;

    public override double Value(LinearShape shape, ReadOnlySpan<double> w) => Of(Spectrum.Of(shape, w).Values.Sum());

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        var spectrum = Spectrum.Of(shape, w);
        double sum = 0, threshold = 0;
        for (var kept = 1; kept <= spectrum.Values.Length; kept++)
        {
            sum += spectrum.Values[^kept];
            threshold = step * strength * sum / (1 + kept * step * strength);
            if (kept == spectrum.Values.Length || spectrum.Values[^(kept + 1)] <= threshold)
                break;
        }

        double[] cut = [.. spectrum.Values.Select(value => Math.Max(value - threshold, 0))];
        spectrum.Apply(w, cut);
        return Of(cut.Sum());
    }

    public override double Conjugate(LinearShape shape, ReadOnlySpan<double> g)
    {
        var largest = Spectrum.Of(shape, g).Values[^1];
        return largest * largest / (2 * strength);
    }

    private double Of(double traceNorm) => 0.5 * strength * traceNorm * traceNorm;
}
