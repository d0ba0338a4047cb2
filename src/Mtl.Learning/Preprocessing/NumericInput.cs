using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing;

/// <summary>
/// A number: a missing one (NaN, and what is infinite as float32) becomes the mean, then (x − mean)/deviation; an indicator feature (1 where missing) when training rows lacked it;
/// with <see cref="NumericEncoding.PiecewiseLinear"/> also clip((x − bᵢ)/(bᵢ₊₁ − bᵢ), 0, 1) for each bin between the edges b.
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Mean">Mean of the training rows.</param>
/// <param name="Deviation">Standard deviation of the training rows; 1 for a constant column.</param>
/// <param name="HadMissing">Whether training rows lacked it.</param>
/// <param name="Edges">The bins' edges, ascending; empty without piecewise-linear encoding.</param>
public sealed record NumericInput(string Name, float Mean, float Deviation, bool HadMissing, IReadOnlyList<float> Edges) : InputColumn(Name)
{
    public double Minimum { get; private init; }

    public double Maximum { get; private init; }

    public bool IsWhole { get; private init; }

    /// <summary>The column holds dates, as days since 1970-01-01 UTC.</summary>
    public bool IsDate { get; init; }

    public override Node MakeInput() => Node.Input(Name, ElementType.Float, ["batch", 1]);

    public override ModelInput Describe() => new(Name, InputKind.Numeric) { Minimum = Minimum, Maximum = Maximum, Mean = Mean, IsWhole = IsWhole, IsDate = IsDate };

    /// <param name="name">The column.</param>
    /// <param name="training">The training rows' values; NaN when missing. Sorted in place.</param>
    /// <param name="preprocessing">Encoding and number of bins.</param>
    public static NumericInput Fit(string name, float[] training, PreprocessingDefinition preprocessing)
    {
        Array.Sort(training);
        var (first, last) = (Array.FindIndex(training, float.IsFinite), Array.FindLastIndex(training, float.IsFinite));
        var known = first < 0 ? [] : training.AsSpan(first, last - first + 1);
        if (known.IsEmpty)
            return new NumericInput(name, 0, 1, true, []);

        double sum = 0, squares = 0;
        foreach (var value in known)
            sum += value;
        var mean = sum / known.Length;
        foreach (var value in known)
            squares += (value - mean) * (value - mean);
        var deviation = (float)Math.Sqrt(squares / known.Length);
        return new NumericInput(
            name,
            (float)mean,
            deviation > 0 && float.IsFinite(deviation) ? deviation : 1,
            known.Length < training.Length,
            preprocessing.Numeric == NumericEncoding.PiecewiseLinear ? QuantileEdges(known, preprocessing.Bins) : [])
        {
            Minimum = known[0],
            Maximum = known[^1],
            IsWhole = AllWhole(known),
        };
    }

    /// <summary>
    /// Edges of at most <paramref name="bins"/> bins with about equally many values each. A value that alone fills a bin takes one, and the other bins share what is left, so that a column
    /// that is mostly zero keeps its resolution elsewhere. Empty when all values are equal.
    /// </summary>
    private static float[] QuantileEdges(ReadOnlySpan<float> sorted, int bins)
    {
        List<float> edges = [sorted[0]];
        var (left, filled) = (sorted.Length, 0);
        for (var i = 1; i < sorted.Length && edges.Count < bins; i++)
        {
            filled++;
            if (sorted[i] == sorted[i - 1] || filled < (double)left / (bins - edges.Count + 1))
                continue;
            edges.Add(sorted[i]);
            (left, filled) = (left - filled, 0);
        }

        if (edges[^1] < sorted[^1])
            edges.Add(sorted[^1]);
        return edges.Count > 1 ? [.. edges] : [];
    }

    private static bool AllWhole(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (value != MathF.Floor(value))
                return false;
        return true;
    }
}
