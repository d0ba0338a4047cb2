using Mtl.Graph;

namespace Mtl.Learning.Regularizers;

/// <summary>R = ½w·Σ θᵢ². Source: Hoerl and Kennard, "Ridge Regression", 1970.</summary>
public sealed class L2(WeightOptions options) : Regularizer
{
    public override IEnumerable<Node> Terms(RegularizedWeights weights) => weights.Of(options.On).Select(weight => weight.Node.SumOfSquares() * (options.Weight / 2));
}
