using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Mlp;

/// <summary>
/// Fully connected layers: h₀ = [features, embeddings], hᵢ = dropout(activation(hᵢ₋₁·Wᵢ + bᵢ)). A column of n categories gets an embedding of
/// min(50, ⌈1.6·n^0.56⌉) numbers (fast.ai's rule), normal with deviation 0.1 at the start, the unknown category zero.
/// </summary>
public sealed class MultiLayerPerceptron(MultiLayerPerceptronOptions options) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Columns];

    public int Layers => options.Widths.Count;

    public Node Stem(ModelScope scope, ModelInputs inputs)
    {
        Node[] parts = [.. inputs.Features is { } features ? [features] : Array.Empty<Node>(), .. Embeddings(scope, inputs)];
        return parts.Length == 1 ? parts[0] : parts.Concat(1);
    }

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        var width = options.Widths[layer];
        var hidden = part.Linear(state, width, options.Activation.Initializer((int)state.Shape[^1].Value, width));
        return part.Dropout(options.Activation.Apply(hidden), options.Dropout);
    }

    public Node Pool(ModelInputs inputs, Node state) => state;

    /// <summary>Numbers per category of a column with <paramref name="categories"/> categories.</summary>
    internal static int EmbeddingWidth(int categories) => Math.Min(50, (int)Math.Ceiling(1.6 * Math.Pow(categories, 0.56)));

    private static IEnumerable<Node> Embeddings(ModelScope scope, ModelInputs inputs) => inputs.CategoryCounts.Select((count, column) =>
    {
        var width = EmbeddingWidth(count);
        var table = scope.In($"embedding{column + 1}").Parameter("weight", [count, width], (values, random) =>
        {
            random.FillNormal(values, 0, 0.1f);
            values[..width].Clear();
        });
        return table.Gather(inputs.Categories!.Gather(Node.Constant(TensorValue.Of(Shape.Scalar, (long)column)), 1), 0);
    });
}
