using System.Globalization;
using Mtl.Core;
using Mtl.Core.Random;
using Mtl.Learning.Algebra;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Probabilistic;

/// <summary>
/// A mixture of Gaussians: p(x) = Σ_k π_k N(x | μ_k, Σ_k). Immutable. Fitted by <see cref="ExpectationMaximization"/>; written as ONNX by <see cref="GaussianMixtureExport"/>.
/// Source: Bishop, "Pattern Recognition and Machine Learning", 2006, section 9.2.
/// </summary>
public sealed class GaussianMixture
{
    private readonly double[] weights;
    private readonly double[] means;
    private readonly double[] covariances;
    private readonly double[] factors;

    private GaussianMixture(CovarianceForm form, double[] weights, double[] means, double[] covariances, double[] factors)
    {
        (Form, this.weights, this.means, this.covariances, this.factors) = (form, weights, means, covariances, factors);
        Columns = means.Length / weights.Length;
    }

    public CovarianceForm Form { get; }

    public int Components => weights.Length;

    public int Columns { get; }

    /// <summary>π, [components]; their sum is 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>μ, [components, columns].</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>Σ, in the shape of its <see cref="CovarianceForm"/>.</summary>
    public ReadOnlySpan<double> Covariances => covariances;

    /// <summary>What makes x − μ standard normal: L⁻¹ with Σ = L·Lᵀ (full, tied; lower triangles), or 1/σ (diagonal, spherical), in the shape of <see cref="Covariances"/>.</summary>
    internal ReadOnlySpan<double> Factors => factors;

    /// <summary>Free numbers: k − 1 weights, k·d means, and covariances by form: k·d(d + 1)/2, d(d + 1)/2, k·d, k.</summary>
    public int ParameterCount => Components - 1 + (Components * Columns) + Form switch
    {
        CovarianceForm.Full => Components * Columns * (Columns + 1) / 2,
        CovarianceForm.Tied => Columns * (Columns + 1) / 2,
        CovarianceForm.Diagonal => Components * Columns,
        _ => Components,
    };

    /// <summary>A mixture with given parameters; covariances that are not positive definite are refused. The arrays are copied.</summary>
    /// <param name="form">The covariances' form.</param>
    /// <param name="weights">[components], positive; their sum is 1 to 1e-6.</param>
    /// <param name="means">[components, columns].</param>
    /// <param name="covariances">In the form's shape.</param>
    public static Result<GaussianMixture> Of(CovarianceForm form, double[] weights, double[] means, double[] covariances)
    {
        if (weights.Length == 0 || means.Length == 0 || means.Length % weights.Length != 0)
            return Error.Invalid($"{means.Length} means are no whole rows for {weights.Length} components.", "Give a weight and a row of means for each component.");
        var columns = means.Length / weights.Length;
        var wanted = CovarianceCount(form, weights.Length, columns);
        if (covariances.Length != wanted)
            return Error.Invalid($"{form} covariances of {weights.Length} components in {columns} columns are {wanted} numbers, not {covariances.Length}.");
        if (Array.FindIndex(weights, weight => !(weight > 0)) is var bad and >= 0)
            return Error.Invalid(string.Create(CultureInfo.InvariantCulture, $"The weight of component {bad + 1} is {weights[bad]}; weights are positive."), "Leave out components without weight.");
        if (!(Math.Abs(weights.Sum() - 1) <= 1e-6))
            return Error.Invalid(string.Create(CultureInfo.InvariantCulture, $"The sum of the weights is {weights.Sum()}; it must be 1."), "Divide the weights by their sum.");
        var matrices = form is CovarianceForm.Full or CovarianceForm.Tied;
        var factors = new double[covariances.Length];
        var step = matrices ? columns * columns : form == CovarianceForm.Diagonal ? columns : 1;
        for (var at = 0; at < factors.Length; at += step)
        {
            if (Factor(covariances.AsSpan(at, step), matrices ? columns : 0) is not { } factor)
            {
                return Error.Invalid(
                    $"{(form == CovarianceForm.Tied ? "The shared covariance" : $"The covariance of component {(at / step) + 1}")} is not positive definite.",
                    "Raise the regularisation, ask for fewer components or a simpler covariance form, or leave out columns that are constant or copies of others.");
            }

            factor.CopyTo(factors, at);
        }

        return new GaussianMixture(form, [.. weights], [.. means], [.. covariances], factors);
    }

    /// <summary>Equal weights and unit variances about given means: where a fit may start.</summary>
    /// <param name="form">The covariances' form.</param>
    /// <param name="means">[components, columns].</param>
    public static GaussianMixture Around(CovarianceForm form, Points means)
    {
        var covariances = new double[CovarianceCount(form, means.Rows, means.Columns)];
        var matrices = form is CovarianceForm.Full or CovarianceForm.Tied;
        for (var i = 0; i < covariances.Length; i++)
            covariances[i] = !matrices || (i % (means.Columns * means.Columns)) % (means.Columns + 1) == 0 ? 1 : 0;
        return Of(form, [.. Enumerable.Repeat(1.0 / means.Rows, means.Rows)], means.Values.ToArray(), covariances).Value;
    }

    /// <summary>log p(x) of each row, in nats.</summary>
    public double[] LogDensity(Points points) => Evaluate(points).LogDensity;

    /// <summary>p(k | x) of each row, [rows, components]; each row's sum is 1.</summary>
    public double[] Responsibilities(Points points) => Evaluate(points).Responsibilities;

    /// <summary>Each row's most responsible component, from 0; the first of equally responsible ones.</summary>
    public int[] Assign(Points points)
    {
        var responsibilities = Responsibilities(points);
        return [.. Enumerable.Range(0, points.Rows).Select(row => IndexOfMaximum(responsibilities.AsSpan(row * Components, Components)))];
    }

    /// <summary>
    /// The Bayesian information criterion −2·log-likelihood + parameters·ln(rows); lower is better. Source: Schwarz, "Estimating the dimension of a model", 1978.
    /// </summary>
    public double Bic(Points points) => (-2 * LogDensity(points).Sum()) + (ParameterCount * Math.Log(points.Rows));

    /// <summary>Draws rows: a component by its weight, then μ + L·ε with standard normal ε.</summary>
    public (Points Points, int[] Components) Sample(int rows, ulong seed)
    {
        var random = new CounterRandom(seed, "mixture sample");
        var deviations = Enumerable.Range(0, Components).Select(Deviation).ToArray();
        var values = new double[rows * Columns];
        var drawn = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            drawn[row] = Draw(random.Fork("component").Double((ulong)row));
            for (var i = 0; i < Columns; i++)
            {
                var noise = random.Normal((ulong)((row * Columns) + i));
                for (var j = i; j < Columns; j++)
                    values[(row * Columns) + j] += deviations[drawn[row]][(j * Columns) + i] * noise;
            }

            for (var i = 0; i < Columns; i++)
                values[(row * Columns) + i] += means[(drawn[row] * Columns) + i];
        }

        return (new Points(values, Columns), drawn);
    }

    /// <summary>A copy of the covariance matrix of one component whatever the form, [columns, columns].</summary>
    public double[] Covariance(int component)
    {
        if (Form == CovarianceForm.Tied)
            return [.. covariances];
        if (Form == CovarianceForm.Full)
            return covariances[(component * Columns * Columns)..((component + 1) * Columns * Columns)];
        var matrix = new double[Columns * Columns];
        for (var i = 0; i < Columns; i++)
            matrix[(i * Columns) + i] = Form == CovarianceForm.Diagonal ? covariances[(component * Columns) + i] : covariances[component];
        return matrix;
    }

    /// <summary>The same mixture with every mean moved.</summary>
    internal GaussianMixture Moved(double[] by) =>
        new(Form, weights, [.. means.Select((mean, i) => mean + by[i % Columns])], covariances, factors);

    internal static int CovarianceCount(CovarianceForm form, int components, int columns) => form switch
    {
        CovarianceForm.Full => components * columns * columns,
        CovarianceForm.Tied => columns * columns,
        CovarianceForm.Diagonal => components * columns,
        _ => components,
    };

    private static double[]? Factor(ReadOnlySpan<double> covariance, int columns)
    {
        if (columns > 0)
        {
            var factor = covariance.ToArray();
            return Cholesky.Factor(factor, columns) ? Cholesky.InverseOf(factor, columns) : null;
        }

        var inverse = new double[covariance.Length];
        for (var i = 0; i < inverse.Length; i++)
        {
            if (!(covariance[i] > 0) || !double.IsFinite(covariance[i]))
                return null;
            inverse[i] = 1 / Math.Sqrt(covariance[i]);
        }

        return inverse;
    }

    /// <summary>L of the covariance's L·Lᵀ, in the lower triangle.</summary>
    private double[] Deviation(int component)
    {
        var factor = Covariance(component);
        return Cholesky.Factor(factor, Columns) ? factor : throw new InvalidOperationException("A fitted covariance is positive definite.");
    }

    private int Draw(double uniform)
    {
        for (var component = 0; component < Components - 1; component++)
        {
            uniform -= weights[component];
            if (uniform < 0)
                return component;
        }

        return Components - 1;
    }

    private (double[] LogDensity, double[] Responsibilities) Evaluate(Points points)
    {
        if (points.Columns != Columns)
            throw new ArgumentException($"The points have {points.Columns} columns, the mixture {Columns}.", nameof(points));
        var logDensity = new double[points.Rows];
        var responsibilities = new double[points.Rows * Components];
        if (points.Rows == 0)
            return (logDensity, responsibilities);
        var blocks = PointBlocks.Of(points, new double[Columns], Environment.ProcessorCount);
        var sweep = new MixtureSweep(blocks, this, Environment.ProcessorCount);
        sweep.Evaluate(logDensity, responsibilities);
        return (logDensity, responsibilities);
    }

    private static int IndexOfMaximum(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best])
                best = i;
        return best;
    }
}
