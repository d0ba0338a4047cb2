using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>
/// s · ½Σ(xᵢ·w + b − yᵢ)². The intercept is eliminated by centring: b = ȳ − x̄·w. With at least as many rows as features all that is kept is the Gram matrix XᵀX, so that a step's cost does not depend on the
/// number of rows; with fewer, the rows themselves.
/// </summary>
internal sealed class SquaredLoss : TaskLoss
{
    private readonly double scale;
    private readonly double[] means;
    private readonly double labelMean;
    private readonly double[]? gram;
    private readonly double[]? moment;
    private readonly double[]? rows;
    private readonly double[] labels;
    private readonly double labelSquares;

    /// <param name="x">The task's rows.</param>
    /// <param name="y">Their labels.</param>
    /// <param name="scale">s.</param>
    /// <param name="isFree">With an intercept; else b = 0.</param>
    public SquaredLoss(DesignMatrix x, ReadOnlySpan<double> y, double scale, bool isFree)
        : base(x.Features, 1)
    {
        this.scale = scale;
        means = isFree ? x.Means() : new double[x.Features];
        labelMean = y.Length == 0 || !isFree ? 0 : TensorPrimitives.Sum(y) / y.Length;
        labels = new double[y.Length];
        TensorPrimitives.Subtract(y, labelMean, labels);
        labelSquares = scale * TensorPrimitives.SumOfSquares<double>(labels);
        var d = x.Features;
        var centred = new double[d];
        if (x.Rows < d)
        {
            rows = new double[x.Rows * d];
            for (var row = 0; row < x.Rows; row++)
                TensorPrimitives.Subtract(x[row], means, rows.AsSpan(row * d, d));
            return;
        }

        (gram, moment) = (new double[d * d], new double[d]);
        for (var row = 0; row < x.Rows; row++)
        {
            TensorPrimitives.Subtract(x[row], means, centred);
            TensorPrimitives.MultiplyAdd(centred, labels[row] * scale, moment, moment);
            for (var j = 0; j < d; j++)
                if (centred[j] != 0)
                    TensorPrimitives.MultiplyAdd(centred.AsSpan(j), centred[j] * scale, gram.AsSpan(j * d + j, d - j), gram.AsSpan(j * d + j, d - j));
        }

        for (var i = 0; i < d; i++)
            for (var j = 0; j < i; j++)
                gram[i * d + j] = gram[j * d + i];
        labels = [];
    }

    public override bool IsQuadratic => true;

    public override double Evaluate(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        var w = coefficients[..Features];
        if (gram is null)
        {
            var squares = 0.0;
            for (var row = 0; row < labels.Length; row++)
            {
                var residual = TensorPrimitives.Dot(Row(row), w) - labels[row];
                squares += residual * residual;
                TensorPrimitives.MultiplyAdd(Row(row), scale * residual, gradient[..Features], gradient[..Features]);
            }

            return 0.5 * scale * squares;
        }

        double curvature = 0, product = 0;
        for (var j = 0; j < w.Length; j++)
        {
            var image = TensorPrimitives.Dot(gram.AsSpan(j * w.Length, w.Length), w);
            gradient[j] += image - moment![j];
            curvature += image * w[j];
            product += moment[j] * w[j];
        }

        return 0.5 * (curvature - 2 * product + labelSquares);
    }

    public override void AddHessianTimes(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> v, Span<double> result)
    {
        var d = Features;
        if (gram is not null)
        {
            for (var j = 0; j < d; j++)
                result[j] += TensorPrimitives.Dot(gram.AsSpan(j * d, d), v[..d]);
            return;
        }

        for (var row = 0; row < labels.Length; row++)
            TensorPrimitives.MultiplyAdd(Row(row), scale * TensorPrimitives.Dot(Row(row), v[..d]), result[..d], result[..d]);
    }

    public override void AddHessian(ReadOnlySpan<double> coefficients, int output, double[] hessian)
    {
        var d = Features;
        if (gram is not null)
        {
            for (var j = 0; j < d; j++)
                TensorPrimitives.Add(hessian.AsSpan(j * Stride, d), gram.AsSpan(j * d, d), hessian.AsSpan(j * Stride, d));
            return;
        }

        for (var row = 0; row < labels.Length; row++)
            for (var j = 0; j < d; j++)
                TensorPrimitives.MultiplyAdd(Row(row), scale * Row(row)[j], hessian.AsSpan(j * Stride, d), hessian.AsSpan(j * Stride, d));
    }

    public override void Complete(Span<double> coefficients) => coefficients[Features] = labelMean - TensorPrimitives.Dot(means, coefficients[..Features]);

    public override double ResidualTimesLabels(ReadOnlySpan<double> coefficients)
    {
        var w = coefficients[..Features];
        if (gram is not null)
            return labelSquares - TensorPrimitives.Dot(moment, w);
        var product = 0.0;
        for (var row = 0; row < labels.Length; row++)
            product += labels[row] * TensorPrimitives.Dot(Row(row), w);
        return labelSquares - scale * product;
    }

    private ReadOnlySpan<double> Row(int row) => rows.AsSpan(row * Features, Features);
}
