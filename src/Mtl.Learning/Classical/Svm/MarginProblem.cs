using Mtl.Learning.State;

namespace Mtl.Learning.Classical.Svm;

/// <summary>
/// The dual of one margin problem, min ½αᵀQα + pᵀα with 0 ≤ α ≤ C and yᵀα = 0, Q_ij = y_i·y_j·k(x_i, x_j), by sequential minimal optimisation with second-order choice of the pair. For classes one variable a row, p = −1;
/// for regression two, with y = ±1 and p = ε ∓ label. Source: Fan, Chen and Lin, "Working Set Selection Using Second Order Information for Training Support Vector Machines", 2005.
/// </summary>
internal sealed class MarginProblem : IStateful
{
    private const double Flat = 1e-12;

    private readonly double[] similarity;
    private readonly int stride;
    private readonly int[] places;
    private readonly double[] signs;
    private readonly double[] linear;
    private readonly double[] alpha;
    private readonly double[] gradient;

    /// <param name="similarity">k between all rows, [stride, stride].</param>
    /// <param name="stride">Number of rows.</param>
    /// <param name="places">By variable: its row.</param>
    /// <param name="signs">y.</param>
    /// <param name="linear">p.</param>
    public MarginProblem(double[] similarity, int stride, int[] places, double[] signs, double[] linear)
    {
        (this.similarity, this.stride, this.places, this.signs, this.linear) = (similarity, stride, places, signs, linear);
        (alpha, gradient) = (new double[signs.Length], (double[])linear.Clone());
        State = [NamedTensor.Of("alpha", alpha), NamedTensor.Of("gradient", gradient)];
    }

    public IReadOnlyList<NamedTensor> State { get; }

    public double Objective
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < alpha.Length; i++)
                sum += alpha[i] * (gradient[i] + linear[i]);
            return 0.5 * sum;
        }
    }

    /// <summary>Largest violation of the optimality conditions after up to so many pair steps.</summary>
    public double Sweep(double cost, double tolerance, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var (i, j, violation) = Choose(cost);
            if (violation <= tolerance)
                return violation;
            Move(i, j, cost);
        }

        return Choose(cost).Violation;
    }

    /// <summary>
    /// Adds y·α of every variable to its row's place, and gives the bias: f(x) = Σ place·k + bias. Where all labels have one sign, only one side bounds the bias, and it is that bound; without any label it is 0.
    /// </summary>
    public double Solution(double cost, Span<double> byRow)
    {
        double sum = 0, upper = double.PositiveInfinity, lower = double.NegativeInfinity;
        var free = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            byRow[places[i]] += signs[i] * alpha[i];
            var slope = -signs[i] * gradient[i];
            if (alpha[i] > 0 && alpha[i] < cost)
                (sum, free) = (sum + slope, free + 1);
            if (IsUp(i, cost))
                lower = Math.Max(lower, slope);
            if (IsLow(i, cost))
                upper = Math.Min(upper, slope);
        }

        if (free > 0)
            return sum / free;
        return (double.IsFinite(lower), double.IsFinite(upper)) switch
        {
            (true, true) => 0.5 * (upper + lower),
            (true, false) => lower,
            (false, true) => upper,
            (false, false) => 0,
        };
    }

    private bool IsUp(int i, double cost) => signs[i] > 0 ? alpha[i] < cost : alpha[i] > 0;

    private bool IsLow(int i, double cost) => signs[i] > 0 ? alpha[i] > 0 : alpha[i] < cost;

    private double Similarity(int i, int j) => similarity[places[i] * stride + places[j]];

    private (int I, int J, double Violation) Choose(double cost)
    {
        var (first, highest, lowest) = (-1, double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < alpha.Length; i++)
            if (IsUp(i, cost) && -signs[i] * gradient[i] > highest)
                (first, highest) = (i, -signs[i] * gradient[i]);
        if (first < 0)
            return (-1, -1, 0);
        var (second, best) = (-1, double.PositiveInfinity);
        for (var j = 0; j < alpha.Length; j++)
        {
            if (!IsLow(j, cost))
                continue;
            var slope = -signs[j] * gradient[j];
            lowest = Math.Min(lowest, slope);
            var difference = highest - slope;
            if (difference <= 0)
                continue;
            var curvature = Math.Max(Similarity(first, first) + Similarity(j, j) - 2 * Similarity(first, j), Flat);
            if (-difference * difference / curvature < best)
                (second, best) = (j, -difference * difference / curvature);
        }

        return (first, second, second < 0 ? 0 : highest - lowest);
    }

    /// <summary>Moves the pair along y_i·Δα_i = −y_j·Δα_j to the optimum within the box.</summary>
    private void Move(int i, int j, double cost)
    {
        var curvature = Math.Max(Similarity(i, i) + Similarity(j, j) - 2 * Similarity(i, j), Flat);
        var step = (-signs[i] * gradient[i] + signs[j] * gradient[j]) / curvature;
        step = Math.Min(step, signs[i] > 0 ? cost - alpha[i] : alpha[i]);
        step = Math.Min(step, signs[j] > 0 ? alpha[j] : cost - alpha[j]);
        alpha[i] = Math.Clamp(alpha[i] + signs[i] * step, 0, cost);
        alpha[j] = Math.Clamp(alpha[j] - signs[j] * step, 0, cost);
        for (var k = 0; k < alpha.Length; k++)
            gradient[k] += signs[k] * step * (Similarity(i, k) - Similarity(j, k));
    }
}
