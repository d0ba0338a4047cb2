using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.TemporalCnn;

/// <summary>
/// The series cut into windows, the same convolutions over each, and the windows' answers joined in their order: hᵢ = relu(Wᵢ ∗ hᵢ₋₁ + bᵢ) within every window, v_w = max over the window's moments,
/// r = relu(W·[v₁, v₂, …] + b). The last window ends with the series. States are [batch, windows, moments, filters], the last one [batch, units]. Source: S3, 2.2 (split, convolve, fuse in order);
/// Waibel et al., "Phoneme recognition using time-delay neural networks", 1989.
/// </summary>
public sealed class TemporalCnn(TemporalCnnOptions options) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Series];

    public int Layers => Math.Max(1, options.Filters.Count + (options.Units > 0 ? 1 : 0));

    public Node Stem(ModelScope scope, ModelInputs inputs)
    {
        var series = inputs.Series ?? throw new InvalidOperationException("There is no series among the inputs.");
        var length = (int)series.Shape[1].Value;
        var window = Math.Min(options.Window, length);
        int[] starts = [.. Starts(length, window, options.Stride)];
        Shape shape = [series.Shape[0], starts.Length, window, series.Shape[2]];
        return starts.Length == 1 ? series.Reshape(shape)
            : options.Stride == window && length % window == 0 ? series.Reshape(shape)
            : starts.Select(start => series.Slice(1, start, start + window)).ToArray().Concat(1).Reshape(shape);
    }

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        if (layer < options.Filters.Count)
        {
            var moments = state.Neighbours(2, options.Kernel);
            return part.Linear(moments, options.Filters[layer], Initializers.He((int)moments.Shape[^1].Value)).Relu();
        }

        if (options.Units == 0)
            return state;
        var joined = Joined(state);
        return part.Dropout(part.Linear(joined, options.Units, Initializers.He((int)joined.Shape[1].Value)).Relu(), options.Dropout);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.Shape.Rank == 2 ? state : Joined(state);

    /// <summary>Where the windows begin: a stride apart, and one more at the end where they would leave a rest.</summary>
    internal static IEnumerable<int> Starts(int length, int window, int stride)
    {
        var start = 0;
        for (; start + window <= length; start += stride)
            yield return start;
        if (start - stride + window < length)
            yield return length - window;
    }

    /// <summary>The greatest answers of each window, window after window: [batch, windows · filters].</summary>
    private static Node Joined(Node state) => state.ReduceMax([2]).Flatten();
}
