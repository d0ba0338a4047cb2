using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Gradient ascent of the joint loss Σ λₖLₖ in λ: since ∂L/∂λₖ = Lₖ, λₖ ← max(0, λₖ + η·Lₖ), then renormalised to Σλ = T. Tasks with larger losses weigh more;
/// at rest λ is proportional to the losses. The document prints the step without renormalisation, where every positive loss lets its λ grow without bound and with it the effective
/// learning rate; the sum is kept for that reason. Absent tasks keep their λ, and those present keep their share of the sum.
/// Source: the platform's seed document on calculus in multi-task learning, section 3.3.
/// </summary>
public sealed class LossAscent : LossWeighting
{
    private readonly double rate;
    private readonly float[] weights;

    public LossAscent(LossAscentOptions options, int tasks)
    {
        rate = options.Rate;
        Array.Fill(weights = new float[tasks], 1);
        State = [NamedTensor.Of("weight", weights)];
    }

    public override ReadOnlySpan<float> Weights => weights;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void LearnFromStep(ReadOnlySpan<float> losses, ReadOnlySpan<bool> present)
    {
        var (share, risen) = (0.0, 0.0);
        for (var task = 0; task < weights.Length; task++)
        {
            if (!present[task])
                continue;
            share += weights[task];
            risen += Risen(task, losses[task]);
        }

        if (!(risen > 0))
            return;

        for (var task = 0; task < weights.Length; task++)
            if (present[task])
                weights[task] = (float)(Risen(task, losses[task]) * share / risen);
    }

    private double Risen(int task, float loss) => Math.Max(0, weights[task] + rate * loss);
}
