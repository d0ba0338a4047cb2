using Mtl.Core.Random;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// λ = softmax(z) with z normal, drawn anew for each step: a test that other weightings have to pass. The draw is a function of seed and step.
/// Source: Lin et al., "Reasonable Effectiveness of Random Weighting", TMLR 2022.
/// </summary>
public sealed class RandomLossWeighting : LossWeighting
{
    private readonly CounterRandom random;
    private readonly float[] logits;
    private readonly float[] weights;

    public RandomLossWeighting(int tasks, ulong seed)
    {
        random = new CounterRandom(seed, "rlw");
        logits = new float[tasks];
        Array.Fill(weights = new float[tasks], 1f / tasks);
    }

    public override ReadOnlySpan<float> Weights => weights;

    public override IReadOnlyList<NamedTensor> State => [];

    public override void BeginStep(long step)
    {
        random.Fork((ulong)step).FillNormal(logits);
        SoftWeights.Of(logits, weights);
    }
}
