using Mtl.Graph;
using Mtl.Learning.Optimizers;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Fast adaptive optimisation: all losses are to fall at the same rate, without a gradient per task. With z = softmax(w), the step descends c·Σ zₜ·log Lₜ, that is λₜ = c·zₜ/(Lₜ + 1e-8), c such that Σλ = 1. After
/// it, with δₜ = log Lₜ − log L′ₜ, L′ the same batch's loss, w descends zₜ(δₜ − Σ zᵢδᵢ) by an Adam of its own, so that tasks that fell less weigh more. Absent tasks are left out of both.
/// Losses must not be negative. One more forward pass for each step. Source: Liu et al., "FAMO: Fast Adaptive Multitask Optimization", NeurIPS 2023, with LibMTL's defaults.
/// </summary>
public sealed class Famo : LossDependentWeighting, ILearnsFromEffect
{
    private const float Smallest = 1e-8f;

    private readonly float[] logits;
    private readonly float[] weights;
    private readonly float[] gradient;
    private readonly Adam adam;

    public Famo(FamoOptions options, int tasks)
    {
        (logits, weights, gradient) = (new float[tasks], new float[tasks], new float[tasks]);
        adam = new Adam(new AdamOptions { LearningRate = options.LearningRate, WeightDecay = options.WeightDecay }, tasks);
        State = [NamedTensor.Of("logit", logits), .. adam.State];
    }

    public override ReadOnlySpan<float> Weights
    {
        get
        {
            SoftWeights.Of(logits, weights);
            return weights;
        }
    }

    public override IReadOnlyList<NamedTensor> State { get; }

    public override IReadOnlyList<Node> Lambdas(IReadOnlyList<Node> losses, IReadOnlyList<Node> weights)
    {
        var present = Presence(losses);
        Node[] shares = [.. losses.Select((loss, task) => present[task] * weights[task] / (loss + Smallest))];
        var sum = shares.Sum().Max(1e-30);
        return [.. shares.Select(share => share / sum)];
    }

    public void LearnFromEffect(ReadOnlySpan<float> before, ReadOnlySpan<float> after, ReadOnlySpan<bool> present)
    {
        var now = Weights;
        var (mean, mass) = (0.0, 0.0);
        for (var task = 0; task < now.Length; task++)
        {
            gradient[task] = present[task] ? MathF.Log(Math.Max(before[task], 0) + Smallest) - MathF.Log(Math.Max(after[task], 0) + Smallest) : 0;
            if (!present[task])
                continue;
            mean += now[task] * gradient[task];
            mass += now[task];
        }

        if (mass == 0)
            return;
        for (var task = 0; task < now.Length; task++)
            gradient[task] = present[task] ? now[task] * (gradient[task] - (float)(mean / mass)) : 0;
        adam.Step(logits, gradient, adam.LearningRate);
    }
}
