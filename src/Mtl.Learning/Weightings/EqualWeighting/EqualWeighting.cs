using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>The same λ for every task: 1, the sum of the losses, or 1/T, their mean. Source: Caruana, "Multitask Learning", 1997.</summary>
public sealed class EqualWeighting : LossWeighting
{
    private readonly float[] weights;

    public EqualWeighting(int tasks, float weight = 1) => Array.Fill(weights = new float[tasks], weight);

    public override ReadOnlySpan<float> Weights => weights;

    public override IReadOnlyList<NamedTensor> State => [];
}
