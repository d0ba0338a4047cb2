using Mtl.Learning.Optimizers;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Homoscedastic uncertainty: minimises Σ ½e^(−sₜ)Lₜ + ½sₜ over the network and the log-variances sₜ. So λₜ = ½e^(−sₜ), and sₜ descends its gradient ½(1 − e^(−sₜ)Lₜ)
/// by an Adam of its own, a step for each batch in which the task is present. At rest e^(sₜ) = Lₜ.
/// Source: Kendall, Gal and Cipolla, "Multi-Task Learning Using Uncertainty to Weigh Losses", 2018, in the form that LibMTL uses for all losses.
/// </summary>
public sealed class UncertaintyWeighting : LossWeighting
{
    private readonly float[] logVariances;
    private readonly float[] weights;
    private readonly Adam[] adams;

    public UncertaintyWeighting(UncertaintyOptions options, int tasks)
    {
        Array.Fill(logVariances = new float[tasks], (float)options.InitialLogVariance);
        weights = new float[tasks];
        adams = [.. Enumerable.Range(0, tasks).Select(_ => new Adam(new AdamOptions { LearningRate = options.LearningRate }, 1))];
        State =
        [
            NamedTensor.Of("log_variance", logVariances),
            .. adams.SelectMany((adam, task) => adam.State.Select(tensor => tensor.Under($"{task}"))),
        ];
    }

    public override ReadOnlySpan<float> Weights
    {
        get
        {
            for (var task = 0; task < weights.Length; task++)
                weights[task] = 0.5f * MathF.Exp(-logVariances[task]);
            return weights;
        }
    }

    public override IReadOnlyList<NamedTensor> State { get; }

    public override bool NeedsPositiveLosses => true;

    public override void LearnFromStep(ReadOnlySpan<float> losses, ReadOnlySpan<bool> present)
    {
        for (var task = 0; task < adams.Length; task++)
        {
            if (!present[task])
                continue;
            var gradient = 0.5f * (1 - MathF.Exp(-logVariances[task]) * losses[task]);
            adams[task].Step(logVariances.AsSpan(task, 1), [gradient], adams[task].LearningRate);
        }
    }
}
