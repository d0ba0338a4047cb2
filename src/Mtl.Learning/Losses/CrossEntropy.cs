using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// −log of the true label's probability. Binary, from a logit z: softplus(z) − y·z. Multiclass, from logits: −log softmax(z)ᵧ. Finite for all finite logits.
/// </summary>
public sealed class CrossEntropy : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Binary, TaskKind.Multiclass];

    public Node PerRow(Node output, Node target)
    {
        var classes = (int)output.Shape[^1].Value;
        if (classes == 1)
            return output.Softplus() - target * output;

        var indices = Node.Constant(TensorValue.Of([1, classes], [.. Enumerable.Range(0, classes).Select(index => (float)index)]));
        var isTrue = target.Equal(indices).Cast(ElementType.Float);
        return -(isTrue * output.LogSoftmax(1)).ReduceSum([1], keep: true);
    }
}
