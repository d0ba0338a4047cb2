using System.Numerics.Tensors;
using Mtl.Learning.Algebra;
using Mtl.Learning.State;

namespace Mtl.Learning.Classical.Linear;

/// <summary>
/// Newton's method for smooth objectives. The step is found by conjugate gradients preconditioned with each column's own block of the Hessian, factored: where no penalty ties columns and losses are
/// squared that is the closed form, in one iteration; where some tie them, an exact linear system solved to 1e-13. Armijo's rule guards the step.
/// </summary>
internal sealed class NewtonSolver : ISolver
{
    private const int LargestBlock = 600;
    private const int MaximumInner = 1000;
    private const double InnerTolerance = 1e-13;

    private readonly double tolerance;
    private readonly double[] w;
    private readonly double[] gradient;
    private readonly double[] trial;
    private readonly double[] scratch;
    private double scaleOfGradient = double.NaN;

    public NewtonSolver(LinearShape shape, double tolerance)
    {
        this.tolerance = tolerance;
        (w, gradient, trial, scratch) = (new double[shape.Length], new double[shape.Length], new double[shape.Length], new double[shape.Length]);
        State = [NamedTensor.Of("w", w)];
    }

    public IReadOnlyList<NamedTensor> State { get; }

    public ReadOnlySpan<double> Coefficients => w;

    public FitProgress Iterate(SmoothPart smooth, IReadOnlyList<Penalty> parts, bool isFirst)
    {
        if (double.IsNaN(scaleOfGradient))
        {
            smooth.Evaluate(new double[w.Length], gradient);
            scaleOfGradient = Math.Max(TensorPrimitives.Norm<double>(gradient), 1e-300);
        }

        var value = smooth.Evaluate(w, gradient);
        var direction = Direction(smooth);
        var slope = TensorPrimitives.Dot<double>(gradient, direction);
        var step = 1.0;
        double next;
        do
        {
            TensorPrimitives.MultiplyAdd(direction, step, w, trial);
            next = smooth.Evaluate(trial, scratch);
            step *= 0.5;
        }
        while (!(next <= value + 1e-4 * 2 * step * slope + 1e-14 * Math.Abs(value)) && step > 1e-12);

        if (next <= value)
        {
            trial.CopyTo(w, 0);
            value = next;
        }

        smooth.Evaluate(w, gradient);
        var residual = TensorPrimitives.Norm<double>(gradient) / scaleOfGradient;
        return new FitProgress(value, residual, double.NaN, residual <= tolerance) { IsStuck = step <= 1e-12 };
    }

    /// <summary>−H⁻¹·g by preconditioned conjugate gradients.</summary>
    private double[] Direction(SmoothPart smooth)
    {
        var precondition = Preconditioner(smooth);
        var (x, r, z, image) = (new double[w.Length], new double[w.Length], new double[w.Length], new double[w.Length]);
        TensorPrimitives.Negate(gradient, r);
        precondition(r, z);
        var p = (double[])z.Clone();
        var product = TensorPrimitives.Dot<double>(r, z);
        var enough = InnerTolerance * TensorPrimitives.Norm<double>(r);
        for (var inner = 0; inner < MaximumInner && TensorPrimitives.Norm<double>(r) > enough; inner++)
        {
            smooth.HessianTimes(w, p, image);
            var curvature = TensorPrimitives.Dot<double>(p, image);
            if (!(curvature > 0))
                break;
            var step = product / curvature;
            TensorPrimitives.MultiplyAdd(p, step, x, x);
            TensorPrimitives.MultiplyAdd(image, -step, r, r);
            precondition(r, z);
            var next = TensorPrimitives.Dot<double>(r, z);
            TensorPrimitives.MultiplyAdd(p, next / product, z, p);
            product = next;
        }

        return x;
    }

    /// <summary>Applies the inverse of each column's block; of its diagonal where the block is large or singular.</summary>
    private Action<double[], double[]> Preconditioner(SmoothPart smooth)
    {
        var shape = smooth.Shape;
        var n = shape.Stride;
        var block = new double[n * n];
        List<double[]> factors = [];
        for (var task = 0; task < smooth.Losses.Count; task++)
        {
            for (var output = 0; output < smooth.Losses[task].Outputs; output++)
            {
                smooth.Block(w, task, output, block);
                if (block[^1] == 0)
                    block[^1] = 1;
                double[] diagonal = [.. Enumerable.Range(0, n).Select(j => Math.Max(block[j * n + j], 1e-12))];
                factors.Add(n <= LargestBlock && Cholesky.Factor(block, n, Cholesky.RoundingPivot) ? (double[])block.Clone() : diagonal);
            }
        }

        return (r, z) =>
        {
            r.CopyTo(z, 0);
            for (var column = 0; column < factors.Count; column++)
            {
                var part = z.AsSpan(column * n, n);
                if (factors[column].Length > n)
                    Cholesky.Solve(factors[column], n, part);
                else
                    TensorPrimitives.Divide(part, factors[column], part);
            }
        };
    }
}
