using System.Globalization;

namespace Mtl.Benchmarks.Methods;

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">NaN of none.</param>
/// <param name="Deviation">Of the sample; NaN of fewer than two.</param>
/// <param name="Count">How many.</param>
internal sealed record Figures(double Mean, double Deviation, int Count)
{
    /// <summary>Two-sided 95 % points of Student's t for 1 to 9 degrees of freedom.</summary>
    private static readonly double[] Student = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

    /// <summary>Half the width of the mean's 95 % interval; NaN of fewer than two.</summary>
    public double HalfWidth => Count is < 2 or > 10 ? double.NaN : Student[Count - 2] * Deviation / Math.Sqrt(Count);

    public static Figures Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Length == 0 ? double.NaN : all.Average();
        return new(mean, all.Length < 2 ? double.NaN : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)), all.Length);
    }

    public string WithDeviation(string format) => With(Deviation, format);

    public string WithInterval(string format) => With(HalfWidth, format);

    private string With(double spread, string format) => Count switch
    {
        0 => "–",
        1 => Text(Mean, format),
        _ => $"{Text(Mean, format)} ± {Text(spread, format.TrimStart('+'))}",
    };

    private static string Text(double value, string format) => value.ToString(format.StartsWith('+') ? $"{format};−{format[1..]};{format[1..]}" : format, CultureInfo.InvariantCulture);
}
