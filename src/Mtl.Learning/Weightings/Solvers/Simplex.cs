namespace Mtl.Learning.Weightings.Solvers;

/// <summary>Weights that are at least 0 and sum to 1.</summary>
internal static class Simplex
{
    /// <summary>The nearest point of the simplex, in place. Source: Held, Wolfe and Crowder, "Validation of subgradient optimization", 1974. Exact but for rounding.</summary>
    /// <param name="values">[n], replaced.</param>
    /// <param name="sorted">[n], room.</param>
    public static void Project(Span<double> values, Span<double> sorted)
    {
        values.CopyTo(sorted);
        sorted.Sort();
        var (sum, shift) = (0.0, 0.0);
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            sum += sorted[i];
            var candidate = (sum - 1) / (sorted.Length - i);
            if (sorted[i] > candidate)
                shift = candidate;
        }

        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Max(0, values[i] - shift);
    }

    /// <summary>softmax(values) into <paramref name="weights"/>.</summary>
    public static void Softmax(ReadOnlySpan<double> values, Span<double> weights)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
            largest = Math.Max(largest, value);
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += weights[i] = Math.Exp(values[i] - largest);
        for (var i = 0; i < values.Length; i++)
            weights[i] /= sum;
    }
}
