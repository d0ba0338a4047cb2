using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// ℓ = mean over levels τ of max(τ·e, (τ − 1)·e), e = y − q_τ: the pinball loss, least where q_τ is the τ-quantile of y. The quantiles can't cross: q₁ = z₁, qᵢ = qᵢ₋₁ + softplus(zᵢ).
/// The prediction is the quantile whose level is nearest to one half; <c>{task}_quantiles</c> has all.
/// Source: Koenker and Bassett, "Regression Quantiles", 1978.
/// </summary>
public sealed class Quantile : ILoss, IPredictiveDistribution
{
    private readonly double[] levels;
    private readonly int middle;

    public Quantile(QuantileOptions options)
    {
        levels = [.. options.Levels.Distinct().Order()];
        if (levels.Length == 0)
            levels = [0.5];
        middle = Array.IndexOf(levels, levels.MinBy(level => Math.Abs(level - 0.5)));
    }

    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Regression];

    public IPredictiveDistribution Distribution => this;

    public int Outputs => levels.Length;

    public string Name => "quantiles";

    public int Width => levels.Length;

    public IReadOnlyList<double> Levels => levels;

    public Node PerRow(Node output, Node target)
    {
        var error = target - Quantiles(output);
        var level = Node.Constant(TensorValue.Of([1, levels.Length], Array.ConvertAll(levels, value => (float)value)));
        return (error * level).Max(error * (level - 1)).RowMean();
    }

    public IReadOnlyList<float> BiasAt(double centre)
    {
        double[] logistic = Array.ConvertAll(levels, level => Math.Sqrt(3) / Math.PI * Math.Log(level / (1 - level)));
        return [.. logistic.Select((quantile, i) => (float)(i == 0 ? centre + quantile : Math.Log(Math.Exp(quantile - logistic[i - 1]) - 1)))];
    }

    public Node Point(Node output) => Quantiles(output) is var all && levels.Length == 1 ? all : all.Slice(1, middle, middle + 1);

    public Node Spread(Node output, double mean, double deviation) => Quantiles(output) * deviation + mean;

    /// <summary>z₁ and the steps up from it, added up by a product with a triangle of ones.</summary>
    private Node Quantiles(Node output)
    {
        if (levels.Length == 1)
            return output;
        var steps = new[] { output.Slice(1, 0, 1), output.Slice(1, 1, levels.Length).Softplus() }.Concat(1);
        var triangle = Enumerable.Range(0, levels.Length * levels.Length).Select(i => i / levels.Length <= i % levels.Length ? 1f : 0f);
        return steps.MatMul(Node.Constant(TensorValue.Of([levels.Length, levels.Length], [.. triangle])));
    }
}
