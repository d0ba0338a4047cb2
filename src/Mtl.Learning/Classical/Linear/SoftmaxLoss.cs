using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>s · Σ −log softmax(zᵢ)_yᵢ, zᵢ = xᵢ·W + b with a column for each class.</summary>
internal sealed class SoftmaxLoss(DesignMatrix x, int[] y, int classes, double scale, bool isFree) : TaskLoss(x.Features, classes)
{
    private readonly double[] probabilities = new double[classes];
    private readonly double[] changes = new double[classes];

    public override double Evaluate(ReadOnlySpan<double> coefficients, Span<double> gradient)
    {
        var sum = 0.0;
        for (var row = 0; row < y.Length; row++)
        {
            sum += Fill(coefficients, row) - Logit(coefficients, row, y[row]);
            for (var k = 0; k < Outputs; k++)
            {
                var slope = scale * (probabilities[k] - (k == y[row] ? 1 : 0));
                TensorPrimitives.MultiplyAdd(x[row], slope, gradient.Slice(k * Stride, Features), gradient.Slice(k * Stride, Features));
                if (isFree)
                    gradient[k * Stride + Features] += slope;
            }
        }

        return scale * sum;
    }

    public override void AddHessianTimes(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> v, Span<double> result)
    {
        for (var row = 0; row < y.Length; row++)
        {
            Fill(coefficients, row);
            for (var k = 0; k < Outputs; k++)
                changes[k] = Logit(v, row, k);
            var mean = TensorPrimitives.Dot<double>(probabilities, changes);
            for (var k = 0; k < Outputs; k++)
            {
                var change = scale * probabilities[k] * (changes[k] - mean);
                TensorPrimitives.MultiplyAdd(x[row], change, result.Slice(k * Stride, Features), result.Slice(k * Stride, Features));
                if (isFree)
                    result[k * Stride + Features] += change;
            }
        }
    }

    public override void AddHessian(ReadOnlySpan<double> coefficients, int output, double[] hessian)
    {
        for (var row = 0; row < y.Length; row++)
        {
            Fill(coefficients, row);
            HessianBlock.Add(hessian, x[row], scale * probabilities[output] * (1 - probabilities[output]), isFree);
        }
    }

    /// <summary>Sets the classes' probabilities; gives log Σ e^z.</summary>
    private double Fill(ReadOnlySpan<double> coefficients, int row)
    {
        for (var k = 0; k < Outputs; k++)
            probabilities[k] = Logit(coefficients, row, k);
        var largest = TensorPrimitives.Max<double>(probabilities);
        var sum = 0.0;
        for (var k = 0; k < Outputs; k++)
            sum += probabilities[k] = Math.Exp(probabilities[k] - largest);
        TensorPrimitives.Divide(probabilities, sum, probabilities);
        return largest + Math.Log(sum);
    }

    private double Logit(ReadOnlySpan<double> coefficients, int row, int k) => TensorPrimitives.Dot(x[row], coefficients.Slice(k * Stride, Features)) + coefficients[k * Stride + Features];
}
