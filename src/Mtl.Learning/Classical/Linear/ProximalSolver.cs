using System.Numerics.Tensors;
using Mtl.Learning.State;

namespace Mtl.Learning.Classical.Linear;

/// <summary>
/// Accelerated proximal gradient that never ascends (MFISTA) with restarts, for F = f(Σₖ Pₖ) + Σₖ Rₖ(Pₖ) over one or several matrices of coefficients. The step length backtracks from 1/L, L from power
/// iteration. Where all losses are squared the duality gap is exact and decides; else the gradient mapping L·‖z − y‖ relative to the gradient at zero does.
/// Sources: Beck and Teboulle, "Fast Gradient-Based Algorithms for Constrained Total Variation Image Denoising and Deblurring Problems", 2009; O'Donoghue and Candès, "Adaptive Restart for
/// Accelerated Gradient Schemes", 2015.
/// </summary>
internal sealed class ProximalSolver : ISolver
{
    private const int AlwaysUntil = 10;
    private const int GapEvery = 5;

    private readonly double tolerance;
    private readonly int parts;
    private readonly int length;
    private readonly double[] x;
    private readonly double[] y;
    private readonly double[] z;
    private readonly double[] total;
    private readonly double[] at;
    private readonly double[] gradient;
    private readonly double[] gradientAtZ;
    private readonly double[] numbers = [1, 0, 0, 0, 0];
    private double scaleOfGradient = double.NaN;

    /// <param name="shape">Of one matrix.</param>
    /// <param name="parts">Number of matrices.</param>
    /// <param name="tolerance">What counts as solved.</param>
    public ProximalSolver(LinearShape shape, int parts, double tolerance)
    {
        (this.parts, this.tolerance, length) = (parts, tolerance, shape.Length);
        (x, y, z) = (new double[parts * length], new double[parts * length], new double[parts * length]);
        (total, at, gradient, gradientAtZ) = (new double[length], new double[length], new double[length], new double[length]);
        State = [NamedTensor.Of("x", x), NamedTensor.Of("y", y), NamedTensor.Of("w", total), NamedTensor.Of("numbers", numbers)];
    }

    public IReadOnlyList<NamedTensor> State { get; }

    public ReadOnlySpan<double> Coefficients => total;

    /// <summary>One of the matrices.</summary>
    public ReadOnlySpan<double> Part(int part) => x.AsSpan(part * length, length);

    private ref double Momentum => ref numbers[0];

    private ref double Lipschitz => ref numbers[1];

    private ref double Objective => ref numbers[2];

    private ref double Residual => ref numbers[3];

    private ref double Since => ref numbers[4];

    public FitProgress Iterate(SmoothPart smooth, IReadOnlyList<Penalty> penalties, bool isFirst)
    {
        if (double.IsNaN(scaleOfGradient))
        {
            smooth.Evaluate(new double[length], gradient);
            scaleOfGradient = Math.Max(TensorPrimitives.Norm<double>(gradient), 1e-300);
        }

        if (isFirst)
        {
            x.CopyTo(y, 0);
            Momentum = 1;
            Since = 0;
            Lipschitz = Math.Max(parts * smooth.Curvature(total), 1e-12);
            Objective = smooth.Evaluate(total, gradient) + Enumerable.Range(0, parts).Sum(part => penalties[part].Value(smooth.Shape, Part(part)));
        }

        Sum(y, at);
        var value = smooth.Evaluate(at, gradient);
        var (smoothAtZ, penaltyAtZ, distance) = Step(smooth, penalties, value);
        Residual = Lipschitz * distance / scaleOfGradient;
        var objective = smoothAtZ + penaltyAtZ;
        var isPlain = Momentum == 1;
        var isStuck = false;
        if (objective <= Objective)
        {
            Accept();
            Objective = objective;
        }
        else
        {
            // A plain step descends but for rounding: there is nothing left to gain.
            isStuck = isPlain;
            x.CopyTo(y, 0);
            Momentum = 1;
            smoothAtZ = smooth.Evaluate(total, gradientAtZ);
        }

        // The gap can cost as much as the step, so after a while it is looked at now and then.
        var isDue = ++Since <= AlwaysUntil || Since % GapEvery == 0 || isStuck;
        var gap = smooth.IsQuadratic && isDue ? Math.Max(0, Objective - LowerBound(smooth, penalties, smoothAtZ)) : double.NaN;
        var isSolved = smooth.IsQuadratic ? gap <= tolerance * Objective : Residual <= tolerance;
        return new FitProgress(Objective, Residual, gap, isSolved) { IsStuck = isStuck };
    }

    /// <summary>z ← prox(y − ∇f(y)/L), with L raised until the quadratic model holds.</summary>
    private (double Smooth, double Penalty, double Distance) Step(SmoothPart smooth, IReadOnlyList<Penalty> penalties, double value)
    {
        for (var attempt = 0; ; attempt++)
        {
            var penalty = 0.0;
            for (var part = 0; part < parts; part++)
            {
                var target = z.AsSpan(part * length, length);
                TensorPrimitives.MultiplyAdd(gradient, -1 / Lipschitz, y.AsSpan(part * length, length), target);
                penalty += penalties[part].Prox(smooth.Shape, target, 1 / Lipschitz);
            }

            Sum(z, at);
            var next = smooth.Evaluate(at, gradientAtZ);
            double squares = 0, product = 0;
            for (var i = 0; i < z.Length; i++)
            {
                var change = z[i] - y[i];
                squares += change * change;
                product += change * gradient[i % length];
            }

            if (next <= value + product + 0.5 * Lipschitz * squares + 1e-12 * Math.Abs(value) || attempt == 60)
                return (next, penalty, Math.Sqrt(squares));
            Lipschitz *= 1.5;
        }
    }

    private void Accept()
    {
        var next = (1 + Math.Sqrt(1 + 4 * Momentum * Momentum)) / 2;
        var factor = (Momentum - 1) / next;
        var against = 0.0;
        for (var i = 0; i < x.Length; i++)
            against += (y[i] - z[i]) * (z[i] - x[i]);
        if (against > 0)
            (factor, next) = (0, 1);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = z[i] + factor * (z[i] - x[i]);
            x[i] = z[i];
        }

        at.CopyTo(total, 0);
        Momentum = next;
    }

    /// <summary>The dual objective at the residuals, scaled to be feasible: no objective is less.</summary>
    private double LowerBound(SmoothPart smooth, IReadOnlyList<Penalty> penalties, double smoothValue)
    {
        var product = smooth.ResidualTimesLabels(total);
        var squares = 2 * smoothValue;
        var limit = penalties.Min(penalty => penalty.DualScale(smooth.Shape, gradientAtZ));
        var scale = penalties.All(penalty => penalty.IsNorm) && squares > 0 ? Math.Clamp(product / squares, -limit, limit) : limit;
        TensorPrimitives.Multiply(gradientAtZ, scale, at);
        return scale * product - 0.5 * scale * scale * squares - penalties.Sum(penalty => penalty.Conjugate(smooth.Shape, at));
    }

    private void Sum(double[] from, double[] to)
    {
        from.AsSpan(0, length).CopyTo(to);
        for (var part = 1; part < parts; part++)
            TensorPrimitives.Add(to, from.AsSpan(part * length, length), to);
    }
}
