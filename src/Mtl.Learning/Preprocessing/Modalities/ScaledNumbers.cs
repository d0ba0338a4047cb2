using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Modalities;

/// <summary>
/// Columns that share a scale: (x − mean)/deviation with mean and deviation of all training values of a channel; a missing value becomes the mean, which is 0.
/// </summary>
internal static class ScaledNumbers
{
    private static readonly PreprocessingDefinition Plain = new();

    /// <param name="columns">The columns, in the order of the modality.</param>
    /// <param name="trainRows">The rows that mean and deviation are taken from.</param>
    /// <param name="channelOf">The channel of the column at a place.</param>
    public static NumericInput[] Fit(IReadOnlyList<NumericColumn> columns, ReadOnlySpan<int> trainRows, Func<int, int> channelOf)
    {
        var inputs = new NumericInput[columns.Count];
        var sums = new Dictionary<int, (double Count, double Sum, double Squares)>();
        for (var place = 0; place < inputs.Length; place++)
        {
            var values = new float[trainRows.Length];
            double count = 0, sum = 0, squares = 0;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = columns[place].Values[trainRows[i]];
                if (!float.IsFinite(values[i]))
                    continue;
                count++;
                sum += values[i];
                squares += (double)values[i] * values[i];
            }

            inputs[place] = NumericInput.Fit(columns[place].Name, values, Plain);
            var before = sums.GetValueOrDefault(channelOf(place));
            sums[channelOf(place)] = (before.Count + count, before.Sum + sum, before.Squares + squares);
        }

        for (var place = 0; place < inputs.Length; place++)
        {
            var (count, sum, squares) = sums[channelOf(place)];
            var mean = count == 0 ? 0 : sum / count;
            var deviation = count == 0 ? 0 : (float)Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
            inputs[place] = inputs[place] with { Mean = (float)mean, Deviation = deviation > 0 && float.IsFinite(deviation) ? deviation : 1, HadMissing = false };
        }

        return inputs;
    }

    /// <summary>The raw columns side by side, scaled: float [batch, columns].</summary>
    public static Node Scale(IReadOnlyList<NumericInput> inputs, IReadOnlyList<Node> raw)
    {
        var joined = raw.Concat(1);
        var means = Row(inputs.Select(input => input.Mean));
        var missing = joined.IsNaN().Or(joined.Abs().Greater(float.MaxValue));
        return (missing.Where(means, joined) - means) / Row(inputs.Select(input => input.Deviation));
    }

    private static Node Row(IEnumerable<float> values)
    {
        float[] row = [.. values];
        return Node.Constant(TensorValue.Of([1, row.Length], row));
    }
}
