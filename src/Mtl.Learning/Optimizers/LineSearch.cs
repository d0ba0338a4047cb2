using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// Finds a step length α along a descent direction at which φ(α) = f(x + α·d) meets the strong Wolfe conditions: φ(α) ≤ φ(0) + c₁αφ′(0) and |φ′(α)| ≤ c₂|φ′(0)|. Brackets a minimum, then
/// narrows it down by cubic interpolation. Values that differ by less than single precision tells apart (10⁻⁷ of φ(0)) count as no increase, so that close to a minimum the slopes decide.
/// Source: Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 3.5 and 3.6; interpolation (3.59).
/// </summary>
internal readonly ref struct LineSearch(Span<float> parameters, Span<float> gradients, ReadOnlySpan<float> start, ReadOnlySpan<float> direction, Objective objective, LBfgsOptions options)
{
    private const double Noise = 1e-7;

    private readonly Span<float> parameters = parameters;
    private readonly Span<float> gradients = gradients;
    private readonly ReadOnlySpan<float> start = start;
    private readonly ReadOnlySpan<float> direction = direction;

    /// <summary>
    /// Leaves parameters and gradients at the step found. Without one that meets both conditions within the evaluations, takes the lowest point that decreases enough.
    /// </summary>
    /// <param name="value">φ(0).</param>
    /// <param name="slope">φ′(0), below 0.</param>
    /// <param name="length">The first α to try.</param>
    /// <param name="evaluations">Counts the objective's evaluations up.</param>
    /// <returns>The point taken; null when none decreases enough: then parameters and gradients are those of the last point tried.</returns>
    public Point? Run(double value, double slope, double length, ref long evaluations)
    {
        var origin = new Point(0, value, slope);
        var low = origin;
        Point? high = null;
        var first = evaluations;
        while (evaluations - first < options.LineSearchEvaluations)
        {
            var point = At(length, ref evaluations);
            if (!IsDecrease(point, origin) || (high is not null || low.Length > 0) && point.Value >= low.Value + Noise * Math.Abs(value))
                high = point;
            else if (Math.Abs(point.Slope) <= -options.Curvature * slope)
                return point;
            else
            {
                // The minimum lies where the slope points to: beyond the point, or between it and the end that it comes from.
                if (high is { } other ? point.Slope * (other.Length - point.Length) >= 0 : point.Slope >= 0)
                    high = low;
                (low, length) = (point, high is null ? Extrapolated(low, point) : length);
            }

            if (high is { } end)
            {
                length = Interpolated(low, end);
                if (length == low.Length || length == end.Length)
                    break;
            }
        }

        return low.Length > 0 && low.Value < value ? At(low.Length, ref evaluations) : null;
    }

    private Point At(double length, ref long evaluations)
    {
        ScaledSum.Of(start, (float)length, direction, parameters);
        evaluations++;
        var value = objective(parameters, gradients);
        return new Point((float)length, value, Gram.Dot(gradients, direction));
    }

    private bool IsDecrease(Point point, Point origin) =>
        double.IsFinite(point.Slope) && point.Value <= origin.Value + options.Decrease * point.Length * origin.Slope + Noise * Math.Abs(origin.Value);

    /// <summary>Where the cubic through two points has its minimum, at least a tenth of their distance from either; the middle where it has none.</summary>
    private static double Interpolated(Point a, Point b)
    {
        var (least, most) = (Math.Min(a.Length, b.Length), Math.Max(a.Length, b.Length));
        var margin = 0.1 * (most - least);
        return Cubic(a, b) is { } minimum ? Math.Clamp(minimum, least + margin, most - margin) : (least + most) / 2;
    }

    /// <summary>Where the cubic through the last two points has its minimum, from a tenth beyond the last one up to ten times as far.</summary>
    private static double Extrapolated(Point previous, Point last)
    {
        var (least, most) = (last.Length + 0.1 * (last.Length - previous.Length), 10 * last.Length);
        return Cubic(previous, last) is { } minimum && minimum > least ? Math.Min(minimum, most) : Math.Min(most, last.Length + 2 * (last.Length - previous.Length));
    }

    private static double? Cubic(Point a, Point b)
    {
        var d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Length - b.Length);
        var square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0))
            return null;
        var d2 = Math.Sign(b.Length - a.Length) * Math.Sqrt(square);
        var minimum = b.Length - (b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        return double.IsFinite(minimum) ? minimum : null;
    }

    /// <summary>A point on the line.</summary>
    /// <param name="Length">α.</param>
    /// <param name="Value">φ(α).</param>
    /// <param name="Slope">φ′(α).</param>
    public readonly record struct Point(double Length, double Value, double Slope);
}
