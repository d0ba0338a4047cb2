using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// −log of the true label's probability. Binary, from a logit z: softplus(z) − y·z. Multiclass, from logits: −log softmax(z)ᵧ. Multilabel: the mean of the binary one over labels.
/// Tagging: the mean of the multiclass one over a text's words. Finite for all finite logits.
/// </summary>
public sealed class CrossEntropy : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Binary, TaskKind.Multiclass, TaskKind.Multilabel, TaskKind.Tagging];

    public Node PerRow(Node output, Node target) => RowMeans.IsSequence(output, target) ? PerText(output, target)
        : RowMeans.IsExclusive(output, target) ? -(RowMeans.Indicators(output, target) * output.LogSoftmax(1)).ReduceSum([1], keep: true)
        : (output.Softplus() - target * output).RowMean();

    private static Node PerText(Node output, Node target)
    {
        var (words, tags) = (target.Shape[1], output.Shape[1].Value / target.Shape[1].Value);
        float[] indices = [.. Enumerable.Range(0, (int)tags).Select(index => (float)index)];
        var truth = target.Unsqueeze(2).Equal(Node.Constant(TensorValue.Of([1, 1, tags], indices))).Cast(ElementType.Float);
        var log = output.Reshape([output.Shape[0], words, tags]).LogSoftmax(2);
        return -((truth * log).ReduceSum([1, 2]) / truth.ReduceSum([1, 2]).Max(1)).Unsqueeze(1);
    }
}
