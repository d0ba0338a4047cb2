using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.TextCnn;

/// <summary>
/// Filters of several widths over embedded tokens, then the greatest answer of each over the text: h_k,t = relu(W_k·[e_t−⌊(k−1)/2⌋ … e_t+⌊k/2⌋] + b_k), r = max over t of [h_k,t for each k]. The state is
/// [batch, tokens, banks · filters], so that a tagging head can read it too. Source: Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014 (there the filters do not reach
/// beyond the text's ends, here they see zeros).
/// </summary>
public sealed class TextCnn(TextCnnOptions options) : IEncoder
{
    private const double EmbeddingDeviation = 0.1;

    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Text];

    public int Layers => 1;

    public Node Stem(ModelScope scope, ModelInputs inputs)
    {
        var tokens = inputs.Text();
        return scope.In("embedding").Dropout(scope.Embed(tokens, options.Width, EmbeddingDeviation), options.Dropout).Masked(tokens);
    }

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var banks = options.Kernels.Select((kernel, bank) =>
            scope.In($"bank{bank + 1}").Linear(state.Neighbours(1, kernel), options.Filters, Initializers.He(kernel * options.Width)));
        return banks.ToArray().Concat(2).Relu();
    }

    /// <summary>ReLU's answers are at least 0, so zeros beyond the end leave the maximum as it is.</summary>
    public Node Pool(ModelInputs inputs, Node state) => state.Masked(inputs.Text()).ReduceMax([1]);
}
