using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>ℓ = |ŷ − y|, in standard deviations of the training labels; the mean over the features of a reconstruction. Its gradient where ŷ = y is 0. Source: Laplace, "Mémoire sur la probabilité des causes", 1774.</summary>
public sealed class AbsoluteError : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Regression, TaskKind.Rating, TaskKind.Reconstruction];

    public Node PerRow(Node output, Node target) => (output - target).Abs().RowMean();
}
