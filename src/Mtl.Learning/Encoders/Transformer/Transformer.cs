using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Transformer;

/// <summary>
/// Attention between all tokens of a text, normalised first (pre-norm), with learned positions: h₀ = E[tokens] + P, then in each layer h ← h + attention(norm(h)), h ← h + W₂·gelu(W₁·norm(h) + b₁) + b₂;
/// after the last one h ← norm(h). attention(x) = W_o·[softmax(QᵢKᵢᵀ/√d_head + mask)·Vᵢ for each head i], where the mask keeps what is beyond a text's end from being looked at. States are
/// [batch, tokens, heads · head width]; pooled by the mean over tokens. E and P start from N(0, 0.02²), as BERT's: they are normalised before anything looks at them, so from a small start
/// they turn sooner at the same learning rate. Weights start as Glorot's, which for narrow states are larger than BERT's 0.02. Source: Vaswani et al., "Attention Is All You Need", 2017; Xiong et al., "On Layer Normalization in the Transformer
/// Architecture", ICML 2020 (pre-norm); Devlin et al., "BERT", 2019 (learned positions, GELU).
/// </summary>
public sealed class Transformer(TransformerOptions options) : IEncoder
{
    private const double EmbeddingDeviation = 0.02;
    private const double Unseen = -1e9;

    private readonly int width = options.Heads * options.HeadWidth;

    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Text];

    public int Layers => options.Layers;

    public Node Stem(ModelScope scope, ModelInputs inputs)
    {
        var tokens = inputs.Text();
        var positions = scope.In("positions").Parameter("weight", [tokens.Length, width], Initializers.Normal(EmbeddingDeviation));
        return scope.In("embedding").Dropout(scope.Embed(tokens, width, EmbeddingDeviation) + positions, options.Dropout);
    }

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        // One row per token, since matrix products are fastest so.
        var shape = state.Shape;
        var rows = state.Reshape([shape[0] * shape[1], width]);
        rows += Left(part.In("attention"), Attention(part.In("attention"), inputs.Text(), part.In("norm1").Norm(rows)), shape);
        rows += Left(part.In("feedforward"), FeedForward(part.In("feedforward"), part.In("norm2").Norm(rows)), shape);
        return (layer == Layers - 1 ? scope.In("norm").Norm(rows) : rows).Reshape(shape);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.MaskedMean(inputs.Text());

    private Node Attention(ModelScope scope, TokenInputs tokens, Node rows)
    {
        var (batch, length) = (tokens.Ids.Shape[0], tokens.Length);
        var joined = scope.In("queries-keys-values").Linear(rows, 3 * width, Initializers.Glorot(width, width));
        var parts = joined
            .Reshape([batch, length, 3, options.Heads, options.HeadWidth])
            .Transpose(2, 0, 3, 1, 4)
            .Split(0, 1, 1, 1)
            .Select(part => part.Reshape([batch, options.Heads, length, options.HeadWidth]))
            .ToArray();
        var mask = ((tokens.Mask - 1) * -Unseen).Unsqueeze(1, 2);
        var scores = (parts[0] * (1 / Math.Sqrt(options.HeadWidth))).MatMul(parts[1].TransposeLast()) + mask;
        var seen = scores.Softmax().MatMul(parts[2]).Transpose(0, 2, 1, 3).Reshape([batch * length, width]);
        return scope.In("output").Linear(seen, width);
    }

    private Node FeedForward(ModelScope scope, Node rows) =>
        scope.In("output").Linear(scope.In("hidden").Linear(rows, options.Expansion * width).Gelu(), width);

    private Node Left(ModelScope scope, Node rows, Shape shape) => scope.Dropout(rows.Reshape(shape), options.Dropout).Reshape(rows.Shape);
}
