namespace Mtl.Learning.Vectors;

/// <summary>
/// eˣ of lanes, for x ≤ 0, to about one unit in the last place; 0 below −708. The framework's own takes a product and a sum for one operation or for two, depending on when it was compiled, so that the
/// same numbers give other bits later in a process; here every step is one fixed operation.
/// </summary>
internal static class Exponential
{
    private const double Least = -708;

    /// <summary>Added to a number below 2⁵¹ it leaves the nearest integer in the lowest bits.</summary>
    private const double Rounding = 6755399441055744;

    private const double Log2E = 1.4426950408889634;

    /// <summary>ln 2 = high + low; the high part has few bits, so that its multiples are exact.</summary>
    private const double Ln2High = 0.693147180369123816490, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>1/13!, 1/12!, …, 1/0!: the remainder is below 2⁻⁵⁴ for |r| ≤ ln 2/2.</summary>
    private static readonly double[] Coefficients = [1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0, 1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0, 1 / 24.0, 1 / 6.0, 0.5, 1, 1];

    /// <summary>2ⁿ·eʳ with n = round(x/ln 2) and r = x − n·ln 2, eʳ by its series.</summary>
    public static TLanes Of<TLanes>(TLanes x)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var rounded = TLanes.MultiplyAdd(x, TLanes.All(Log2E), TLanes.All(Rounding));
        var n = rounded - TLanes.All(Rounding);
        var r = TLanes.MultiplyAdd(n, TLanes.All(-Ln2Low), TLanes.MultiplyAdd(n, TLanes.All(-Ln2High), x));
        var series = TLanes.All(Coefficients[0]);
        for (var i = 1; i < Coefficients.Length; i++)
            series = TLanes.MultiplyAdd(series, r, TLanes.All(Coefficients[i]));
        return TLanes.WhereLess(x, TLanes.All(Least), TLanes.All(0), series * TLanes.PowerOfTwo(rounded));
    }
}
