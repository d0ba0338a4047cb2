using Mtl.Core;

namespace Mtl.Learning.Probabilistic;

/// <summary>
/// The mixture that is likeliest under given responsibilities: N_k = Σr, π_k = N_k/ΣN, μ_k = m_k + Σr(x − m_k)/N_k, and covariances
/// full Σ_k = Σr(x − μ_k)(x − μ_k)ᵀ/N_k; tied Σ = Σ_k N_k Σ_k/N; diagonal the diagonals of Σ_k; spherical their means; each with the regularisation added to its variances.
/// </summary>
/// <param name="form">The covariances' form.</param>
/// <param name="regularisation">Added to every variance.</param>
/// <param name="scatter">Σ x·xᵀ over all rows, [columns, columns], which the tied form needs; else empty.</param>
internal sealed class MaximizationStep(CovarianceForm form, double regularisation, double[] scatter)
{
    /// <summary>Keeps a component without rows from a division by zero: it stays where it is, with the regularisation as its variance.</summary>
    private const double LeastMass = 10 * 2.220446049250313e-16;

    public Result<GaussianMixture> Maximize(MixtureMoments moments, ReadOnlySpan<double> means)
    {
        var components = moments.Mass.Length;
        var columns = means.Length / components;
        var mass = moments.Mass.ToArray();
        for (var k = 0; k < components; k++)
            mass[k] += LeastMass;
        var total = mass.Sum();
        var moves = new double[means.Length];
        var moved = means.ToArray();
        for (var k = 0; k < components; k++)
        {
            var first = moments.First(k);
            for (var i = 0; i < columns; i++)
            {
                moves[(k * columns) + i] = first[i] / mass[k];
                moved[(k * columns) + i] += moves[(k * columns) + i];
            }
        }

        var covariances = new double[GaussianMixture.CovarianceCount(form, components, columns)];
        if (form == CovarianceForm.Tied)
            Tied(covariances, columns, mass, moved, total);
        for (var k = 0; k < components && form != CovarianceForm.Tied; k++)
        {
            // Σr(x − μ)(x − μ)ᵀ = S − (2N − Σr)·δδᵀ with S about the old mean and δ the move.
            var correction = (2 * mass[k]) - moments.Mass[k];
            Own(covariances, k, columns, moments, moves.AsSpan(k * columns, columns), mass[k], correction);
        }

        return GaussianMixture.Of(form, [.. mass.Select(m => m / total)], moved, covariances);
    }

    private void Own(double[] covariances, int k, int columns, MixtureMoments moments, ReadOnlySpan<double> move, double mass, double correction)
    {
        var second = moments.Second(k);
        if (form != CovarianceForm.Full)
        {
            for (var i = 0; i < columns; i++)
            {
                var variance = Math.Max(0, (second[i] - (correction * move[i] * move[i])) / mass) + regularisation;
                if (form == CovarianceForm.Diagonal)
                    covariances[(k * columns) + i] = variance;
                else
                    covariances[k] += variance / columns;
            }

            return;
        }

        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var covariance = (second[(i * moments.Stride) + j] - (correction * move[i] * move[j])) / mass;
                covariances[(((k * columns) + i) * columns) + j] = covariance;
                covariances[(((k * columns) + j) * columns) + i] = covariance;
            }

            covariances[(((k * columns) + i) * columns) + i] += regularisation;
        }
    }

    private void Tied(double[] covariance, int columns, double[] mass, double[] means, double total)
    {
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = scatter[(i * columns) + j];
                for (var k = 0; k < mass.Length; k++)
                    sum -= mass[k] * means[(k * columns) + i] * means[(k * columns) + j];
                covariance[(i * columns) + j] = covariance[(j * columns) + i] = sum / total;
            }

            covariance[(i * columns) + i] += regularisation;
        }
    }
}
