using System.Numerics.Tensors;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>
/// min over 0 ⪯ M ⪯ I, tr M ≤ k of ½λη·tr(W(ηI + M)⁻¹Wᵀ): weights within a subspace of k dimensions, which the data choose, are penalised by λη/(1 + η), those outside by λ. A function of the singular
/// values s: ½λη·Σ sᵢ²/(η + γᵢ) with the best 0 ≤ γ ≤ 1, Σγ ≤ k (the squared spectral box norm: McDonald, Pontil and Stamos, 2014). With a strength for the mean, W is taken less its columns' mean, which
/// has the penalty ½·mean·C·‖w̄‖² of its own. The proximal map, value and conjugate are exact up to bisection in double precision.
/// </summary>
/// <param name="strength">λ.</param>
/// <param name="softness">η.</param>
/// <param name="dimensions">k.</param>
/// <param name="mean">Strength on the columns' mean; 0 to treat it as all else.</param>
internal sealed class SubspacePenalty(double strength, double softness, double dimensions, double mean = 0) : Penalty
{
    public override bool IsNorm => false;

    public override double Value(LinearShape shape, ReadOnlySpan<double> w)
    {
        var centred = w.ToArray();
        var ofMean = TakeMean(shape, centred, out _);
        return 0.5 * mean * ofMean + OfSpectrum(Spectrum.Of(shape, centred).Values);
    }

    public override double Prox(LinearShape shape, Span<double> w, double step)
    {
        var ofMean = TakeMean(shape, w, out var average);
        var spectrum = Spectrum.Of(shape, w);
        var cost = step * strength * softness;
        var gamma = Shares(spectrum.Values, cost);
        double[] shrunk = [.. spectrum.Values.Zip(gamma, (s, share) => s * (softness + share) / (softness + share + cost))];
        spectrum.Apply(w, shrunk);
        var factor = 1 / (1 + step * mean);
        for (var c = 0; mean > 0 && c < shape.Columns; c++)
            TensorPrimitives.MultiplyAdd(average, factor, w[shape.Weights(c)], w[shape.Weights(c)]);
        return 0.5 * mean * ofMean * factor * factor + OfSpectrum(shrunk);
    }

    public override double Conjugate(LinearShape shape, ReadOnlySpan<double> g)
    {
        var centred = g.ToArray();
        var ofMean = TakeMean(shape, centred, out _);
        double[] squares = [.. Spectrum.Of(shape, centred).Values.Select(s => s * s).OrderDescending()];
        var top = squares.Select((square, place) => square * Math.Clamp(dimensions - place, 0, 1)).Sum();
        return (softness * squares.Sum() + top) / (2 * strength * softness) + (mean > 0 ? ofMean / (2 * mean) : 0);
    }

    private double OfSpectrum(double[] values) => 0.5 * strength * softness * values.Zip(Shares(values, 0), (s, share) => s * s / (softness + share)).Sum();

    /// <summary>The best γ for min over x of ½(x − s)² + ½·cost·x²/(η + γ): γᵢ = clip(a·sᵢ − η − cost, 0, 1), with a such that they sum to k.</summary>
    private double[] Shares(double[] values, double cost)
    {
        double[] At(double a) => [.. values.Select(s => Math.Clamp(a * s - softness - cost, 0, 1))];
        var positive = values.Where(s => s > 0).ToArray();
        if (positive.Length <= dimensions)
            return [.. values.Select(s => s > 0 ? 1.0 : 0)];
        var (low, high) = (0.0, (1 + softness + cost) / positive.Min());
        for (var round = 0; round < 100; round++)
        {
            var middle = 0.5 * (low + high);
            if (At(middle).Sum() < dimensions)
                low = middle;
            else
                high = middle;
        }

        return At(low);
    }

    /// <summary>Takes the columns' mean out, where it has a strength of its own, and gives C·‖w̄‖².</summary>
    private double TakeMean(LinearShape shape, Span<double> w, out double[] average)
    {
        average = new double[shape.Features];
        if (mean == 0)
            return 0;
        for (var c = 0; c < shape.Columns; c++)
            TensorPrimitives.MultiplyAdd(w[shape.Weights(c)], 1.0 / shape.Columns, average, average);
        for (var c = 0; c < shape.Columns; c++)
            TensorPrimitives.Subtract(w[shape.Weights(c)], average, w[shape.Weights(c)]);
        return shape.Columns * TensorPrimitives.SumOfSquares<double>(average);
    }
}
