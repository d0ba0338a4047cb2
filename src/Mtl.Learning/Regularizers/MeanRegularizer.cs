using Mtl.Core;
using Mtl.Graph;

namespace Mtl.Learning.Regularizers;

/// <summary>R = ½w·Σₜ ‖Wₜ − W̄‖² over the tasks' corresponding weights: they are drawn to their mean. Source: Evgeniou and Pontil, "Regularized Multi-Task Learning", 2004.</summary>
public sealed class MeanRegularizer(TaskMatrixOptions options) : Regularizer
{
    public override bool TiesTasks => true;

    public override Error? Refuse(RegularizedWeights weights) => Correspondence.Refuse("mean", weights);

    public override IEnumerable<Node> Terms(RegularizedWeights weights) => weights.Corresponding.Select(group =>
    {
        Node[] nodes = [.. group.Select(weight => weight.Node)];
        var mean = nodes.Sum() * (1.0 / nodes.Length);
        return nodes.Select(node => (node - mean).SumOfSquares()).ToArray().Sum() * (options.Weight / 2);
    });
}
