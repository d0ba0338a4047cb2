using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>ℓ = (ŷ − y)², in units of the training labels' variance; the mean over the features of a reconstruction.</summary>
public sealed class SquaredError : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Regression, TaskKind.Rating, TaskKind.Reconstruction];

    public Node PerRow(Node output, Node target)
    {
        var error = output - target;
        return (error * error).RowMean();
    }
}
