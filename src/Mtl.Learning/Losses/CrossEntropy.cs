using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// −log of the true label's probability. Binary, from a logit z: softplus(z) − y·z. Multiclass, from logits: −log softmax(z)ᵧ. Multilabel: the mean of the binary one over labels.
/// Tagging: the mean of the multiclass one over the text's tokens, those with a target of at least 0.
/// Finite for all finite logits.
/// </summary>
public sealed class CrossEntropy : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Binary, TaskKind.Multiclass, TaskKind.Multilabel, TaskKind.Tagging];

    public Node PerRow(Node output, Node target) => target.Shape[1] != 1 && output.Shape[1] != target.Shape[1] ? OverTokens(output, target)
        : RowMeans.IsExclusive(output, target)
        ? -(RowMeans.Indicators(output, target) * output.LogSoftmax(1)).ReduceSum([1], keep: true)
        : (output.Softplus() - target * output).RowMean();

    private static Node OverTokens(Node output, Node target)
    {
        var (tokens, tags) = ((int)target.Shape[1].Value, (int)(output.Shape[1].Value / target.Shape[1].Value));
        var logarithms = output.Reshape([output.Shape[0], tokens, tags]).LogSoftmax(2);
        var indices = Node.Constant(TensorValue.Of([1, 1, tags], [.. Enumerable.Range(0, tags).Select(index => (float)index)]));
        var isTrue = target.Unsqueeze(2).Equal(indices).Cast(ElementType.Float);
        var count = target.Greater(-0.5).Cast(ElementType.Float).ReduceSum([1], keep: true).Max(1);
        return -((isTrue * logarithms).Reshape(output.Shape).ReduceSum([1], keep: true) / count);
    }
}
