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
        var sums = new Dictionary<int, (double Count, double Sum)>();
        var squares = new Dictionary<int, double>();
        for (var place = 0; place < inputs.Length; place++)
        {
            var values = new float[trainRows.Length];
            double count = 0, sum = 0;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = columns[place].Values[trainRows[i]];
                if (!float.IsFinite(values[i]))
                    continue;
                count++;
                sum += values[i];
            }

            inputs[place] = NumericInput.Fit(columns[place].Name, values, Plain);
            var before = sums.GetValueOrDefault(channelOf(place));
            sums[channelOf(place)] = (before.Count + count, before.Sum + sum);
        }

        double Mean(int channel) => sums[channel].Count == 0 ? 0 : sums[channel].Sum / sums[channel].Count;

        // From the mean, as squares of the values themselves leave nothing of a small deviation about a large mean.
        for (var place = 0; place < inputs.Length; place++)
        {
            var (channel, own) = (channelOf(place), 0.0);
            var mean = Mean(channel);
            foreach (var row in trainRows)
                if (columns[place].Values[row] is var value && float.IsFinite(value))
                    own += (value - mean) * (value - mean);
            squares[channel] = squares.GetValueOrDefault(channel) + own;
        }

        for (var place = 0; place < inputs.Length; place++)
        {
            var channel = channelOf(place);
            var deviation = (float)Math.Sqrt(squares[channel] / Math.Max(1, sums[channel].Count));
            inputs[place] = inputs[place] with { Mean = (float)Mean(channel), Deviation = deviation > 0 && float.IsFinite(deviation) ? deviation : 1, HadMissing = false };
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
