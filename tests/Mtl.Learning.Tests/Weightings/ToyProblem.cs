namespace Mtl.Learning.Tests.Weightings;

/// <summary>
/// The two-task problem of CAGrad's and Nash-MTL's papers over x ∈ ℝ², with the first loss scaled by 0.1: a narrow curved valley above x₂ = 0, two parabolas below.
/// f₁ = log max(|½(−x₁−7) − tanh(−x₂)|, 5e-6) + 6, f₂ = log max(|½(−x₁+3) + tanh(−x₂) + 2|, 5e-6) + 6, q₁,₂ = ((−x₁ ± 7)² + 0.1(−x₂−8)²)/10 − 20,
/// c₁ = max(tanh(½x₂), 0), c₂ = max(tanh(−½x₂), 0): L₁ = 0.1(c₁f₁ + c₂q₁), L₂ = c₁f₂ + c₂q₂. At x₂ = 0 both gates have their one-sided slopes, as in the
/// published code. The Pareto-optimal points lie at x₂ ≈ −8.4, x₁ ∈ [−7, 7].
/// </summary>
internal static class ToyProblem
{
    private const double Floor = 5e-6;
    private const double FirstScale = 0.1;

    public static IReadOnlyList<(float X1, float X2)> Starts { get; } = [(-8.5f, 7.5f), (0, 0), (9, 9), (-7.5f, -0.5f), (9, -1)];

    /// <summary>What FAMO's authors take for the losses' lower bounds.</summary>
    public static IReadOnlyList<double> LowerBounds { get; } = [-21 * FirstScale, -21];

    public static (double First, double Second) Losses(double x1, double x2)
    {
        Span<float> unused = stackalloc float[4];
        return Evaluate(x1, x2, unused);
    }

    /// <summary>The losses, and their gradients as rows of [2, 2].</summary>
    public static (double First, double Second) Evaluate(double x1, double x2, Span<float> gradients)
    {
        var tanh = Math.Tanh(-x2);
        var slope = -(1 - tanh * tanh);
        var (f1, f1x1, f1x2) = LogPart(0.5 * (-x1 - 7) - tanh, -0.5, -slope);
        var (f2, f2x1, f2x2) = LogPart(0.5 * (-x1 + 3) + tanh + 2, -0.5, slope);
        var half = Math.Tanh(0.5 * x2);
        var (c1, c2) = (Math.Max(half, 0), Math.Max(-half, 0));
        var halfSlope = 0.5 * (1 - half * half);
        var (c1x2, c2x2) = (half >= 0 ? halfSlope : 0, half <= 0 ? -halfSlope : 0);
        var (q1, q2) = (Parabola(x1, x2, 7), Parabola(x1, x2, -7));
        var qx2 = 0.02 * (x2 + 8);
        gradients[0] = (float)(FirstScale * (c1 * f1x1 + c2 * 0.2 * (x1 - 7)));
        gradients[1] = (float)(FirstScale * (c1x2 * f1 + c1 * f1x2 + c2x2 * q1 + c2 * qx2));
        gradients[2] = (float)(c1 * f2x1 + c2 * 0.2 * (x1 + 7));
        gradients[3] = (float)(c1x2 * f2 + c1 * f2x2 + c2x2 * q2 + c2 * qx2);
        return (FirstScale * (c1 * f1 + c2 * q1), c1 * f2 + c2 * q2);
    }

    /// <summary>‖αu₁ + (1 − α)u₂‖ at its least over α ∈ [0, 1], u the gradients at unit length.</summary>
    public static double UnitLeastNorm(double x1, double x2)
    {
        Span<float> g = stackalloc float[4];
        Evaluate(x1, x2, g);
        var (first, second) = (Math.Sqrt(g[0] * g[0] + g[1] * g[1]), Math.Sqrt(g[2] * g[2] + g[3] * g[3]));
        return first == 0 || second == 0 ? 0 : Math.Sqrt(Math.Max(0, 0.5 + 0.5 * (g[0] * g[2] + g[1] * g[3]) / first / second));
    }

    private static (double Value, double X1, double X2) LogPart(double inner, double byX1, double byX2) => Math.Abs(inner) > Floor
        ? (Math.Log(Math.Abs(inner)) + 6, byX1 / inner, byX2 / inner)
        : (Math.Log(Floor) + 6, 0, 0);

    private static double Parabola(double x1, double x2, double centre) => ((x1 - centre) * (x1 - centre) + 0.1 * (x2 + 8) * (x2 + 8)) / 10 - 20;
}
