using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// ℓ = ½e² for |e| ≤ δ, δ(|e| − ½δ) beyond, e = ŷ − y; as c·(e − ½c) with c = clip(e, −δ, δ).
/// Source: Huber, "Robust Estimation of a Location Parameter", 1964.
/// </summary>
public sealed class Huber(HuberOptions options) : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Regression, TaskKind.Rating, TaskKind.Reconstruction];

    public Node PerRow(Node output, Node target)
    {
        var error = output - target;
        var clipped = error.Clip(-options.Delta, options.Delta);
        return (clipped * (error - clipped * 0.5)).RowMean();
    }
}
