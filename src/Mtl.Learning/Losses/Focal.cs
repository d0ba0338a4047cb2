using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// ℓ = −wᵧ·(1 − p)^γ·log p, p the true label's probability: rows that are predicted well count less. Binary with u = (2y − 1)z: softplus(−u)·e^(−γ·softplus(u)); multilabel: the mean over labels of
/// the binary one. Multiclass: from softmax, 1 − p at least 1e-7. The weights w are 1, or, class-weighted, ∝ s^(−balance) for a label's share s of the training rows, so that Σ s·w = 1 (multilabel has none).
/// Source: Lin et al., "Focal Loss for Dense Object Detection", 2017, whose α is the weight.
/// </summary>
/// <param name="gamma">γ.</param>
/// <param name="balance">Exponent of the label weights; 0 for none.</param>
/// <param name="weights">By label; empty for 1.</param>
public sealed class Focal(double gamma, double balance = 0, IReadOnlyList<double>? weights = null) : ILoss
{
    public IReadOnlyList<TaskKind> Kinds => balance > 0 ? [TaskKind.Binary, TaskKind.Multiclass] : [TaskKind.Binary, TaskKind.Multiclass, TaskKind.Multilabel];

    public ILoss For(IReadOnlyList<double> shares)
    {
        if (balance == 0 || shares.Count == 0)
            return this;
        double[] raw = [.. shares.Select(share => Math.Pow(share, -balance))];
        var mean = raw.Zip(shares, (weight, share) => weight * share).Sum();
        return new Focal(gamma, balance, [.. raw.Select(weight => weight / mean)]);
    }

    public Node PerRow(Node output, Node target)
    {
        if (!RowMeans.IsExclusive(output, target))
        {
            var signed = (target * 2 - 1) * output;
            var loss = ((-signed).Softplus() * (signed.Softplus() * -gamma).Exp()).RowMean();
            return weights is [var negative, var positive] ? loss * (target * (positive - negative) + negative) : loss;
        }

        var indicators = RowMeans.Indicators(output, target);
        var log = (indicators * output.LogSoftmax(1)).ReduceSum([1], keep: true);
        var focal = gamma == 0 ? -log : -log * (1 - log.Exp()).Clip(1e-7, 1).Pow(gamma);
        return weights is { Count: > 0 } ? focal * (indicators * Node.Constant(TensorValue.Of([1, weights.Count], [.. weights.Select(weight => (float)weight)]))).ReduceSum([1], keep: true) : focal;
    }
}
