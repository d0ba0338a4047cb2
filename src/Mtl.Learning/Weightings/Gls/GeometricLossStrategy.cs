using Mtl.Graph;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Descends the geometric mean of the losses, (Π Lₜ)^(1/n) over the n present tasks: λₜ = (Π Lᵢ)^(1/n) / (n·Lₜ), which no loss's unit changes. A task with a loss of 0 is left out.
/// Source: Chennupati et al., "MultiNet++: Multi-Stream Feature Aggregation and Geometric Loss Strategy for Multi-Task Learning", CVPR workshops 2019.
/// </summary>
public sealed class GeometricLossStrategy : LossDependentWeighting
{
    private readonly float[] weights;

    public GeometricLossStrategy(int tasks) => Array.Fill(weights = new float[tasks], 1);

    public override ReadOnlySpan<float> Weights => weights;

    public override IReadOnlyList<NamedTensor> State => [];

    public override IReadOnlyList<Node> Lambdas(IReadOnlyList<Node> losses, IReadOnlyList<Node> weights)
    {
        var present = Presence(losses);
        Node[] logs = [.. losses.Select(Log)];
        var count = present.Sum().Max(1);
        var mean = logs.Select((log, task) => log * present[task]).ToArray().Sum() / count;
        return [.. logs.Select((log, task) => present[task] * (mean - log).Exp() / count)];
    }
}
