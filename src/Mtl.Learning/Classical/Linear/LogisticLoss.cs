using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>s · Σ(log(1 + e^zᵢ) − yᵢ·zᵢ), zᵢ = xᵢ·w + b, yᵢ ∈ {0, 1}.</summary>
internal sealed class LogisticLoss(DesignMatrix x, double[] y, double scale, bool isFree) : TaskLoss(x.Features, 1)
{
    public override double Evaluate(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        var sum = 0.0;
        for (var row = 0; row < y.Length; row++)
        {
            var z = Logit(coefficients, row);
            sum += (z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z))) - y[row] * z;
            var slope = scale * (Probability(z) - y[row]);
            TensorPrimitives.MultiplyAdd(x[row], slope, gradient[..Features], gradient[..Features]);
            if (isFree)
                gradient[Features] += slope;
        }

        return scale * sum;
    }

    public override void AddHessianTimes(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> v, Span<double> result)
    {
        for (var row = 0; row < y.Length; row++)
        {
            var p = Probability(Logit(coefficients, row));
            var change = scale * p * (1 - p) * (TensorPrimitives.Dot(x[row], v[..Features]) + v[Features]);
            TensorPrimitives.MultiplyAdd(x[row], change, result[..Features], result[..Features]);
            if (isFree)
                result[Features] += change;
        }
    }

    public override void AddHessian(ReadOnlySpan<double> coefficients, int output, double[] hessian)
    {
        for (var row = 0; row < y.Length; row++)
        {
            var p = Probability(Logit(coefficients, row));
            HessianBlock.Add(hessian, x[row], scale * p * (1 - p), isFree);
        }
    }

    private static double Probability(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    private double Logit(ReadOnlySpan<double> coefficients, int row) => TensorPrimitives.Dot(x[row], coefficients[..Features]) + coefficients[Features];
}
