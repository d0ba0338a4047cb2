using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>λₜ = 1 for every task: the sum of the losses. Source: Caruana, "Multitask Learning", 1997.</summary>
public sealed class EqualWeighting : LossWeighting
{
    private readonly float[] weights;

    public EqualWeighting(int tasks) => Array.Fill(weights = new float[tasks], 1);

    public override ReadOnlySpan<float> Weights => weights;

    public override IReadOnlyList<NamedTensor> State => [];
}
