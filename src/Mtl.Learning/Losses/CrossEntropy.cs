using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// −log of the true label's probability. Binary, from a logit z: softplus(z) − y·z. Multiclass, from logits: −log softmax(z)ᵧ. Multilabel: the mean of the binary one over labels.
/// Finite for all finite logits.
/// </summary>
public sealed class CrossEntropy : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Binary, TaskKind.Multiclass, TaskKind.Multilabel];

    public Node PerRow(Node output, Node target) => RowMeans.IsExclusive(output, target)
        ? -(RowMeans.Indicators(output, target) * output.LogSoftmax(1)).ReduceSum([1], keep: true)
        : (output.Softplus() - target * output).RowMean();
}
