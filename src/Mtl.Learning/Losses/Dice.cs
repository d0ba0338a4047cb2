using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// ℓ = 1 − (2Σ p·y + s)/(Σ p² + Σ y² + s) for each row, p the labels' probabilities, y their truth: the smoothed Dice coefficient, which is F1 for hard labels, so that the many rows of a frequent label do
/// not decide. Sources: Milletari et al., "V-Net", 2016; per row as in Li et al., "Dice Loss for Data-imbalanced NLP Tasks", 2020, equation 7.
/// </summary>
public sealed class Dice(DiceOptions options) : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Binary, TaskKind.Multiclass, TaskKind.Multilabel];

    public Node PerRow(Node output, Node target)
    {
        var truth = RowMeans.Indicators(output, target);
        var probabilities = RowMeans.IsExclusive(output, target) ? output.Softmax(1) : output.Sigmoid();
        var common = (probabilities * truth).RowSum() * 2 + options.Smoothing;
        return 1 - common / ((probabilities * probabilities + truth * truth).RowSum() + options.Smoothing);
    }
}
