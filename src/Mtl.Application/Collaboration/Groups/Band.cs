namespace Mtl.Application.Collaboration.Groups;

/// <summary>One step of a group's curve.</summary>
/// <param name="Runs">Over how many runs the mean is taken.</param>
/// <param name="Deviation">Sample standard deviation, with <c>n − 1</c>; null for a single run.</param>
public sealed record BandPoint(long Step, int Runs, double Mean, double? Deviation);

/// <summary>Mean and spread of a value over the runs of a group. Values that are not finite are left out, and counted as missing.</summary>
public sealed record Spread(int Runs, double? Mean, double? Deviation, double? Least, double? Greatest)
{
    /// <summary>Of the finite ones among <paramref name="values"/>; mean <c>Σx/n</c>, deviation <c>√(Σ(x − mean)²/(n − 1))</c>.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return new Spread(0, null, null, null, null);
        var (least, greatest) = (finite.Min(), finite.Max());
        // The mean of equal values is that value: summing would leave a rounding error as their spread.
        var mean = least == greatest ? least : finite.Average();
        double? deviation = finite.Length == 1 ? null : Math.Sqrt(finite.Sum(value => (value - mean) * (value - mean)) / (finite.Length - 1));
        return new Spread(finite.Length, mean, deviation, least, greatest);
    }
}
