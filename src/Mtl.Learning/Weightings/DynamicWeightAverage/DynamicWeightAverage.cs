using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Tasks whose loss falls slower weigh more: wₜ = Lₜ(e−1)/Lₜ(e−2) over the training losses averaged per epoch, λₜ = T·softmax(w/temperature)ₜ, constant within an epoch.
/// The first two epochs weigh equally. A ratio is taken as 1 while a task has been present in fewer than two epochs, or where it is not a finite number (a loss of 0).
/// Ratios say nothing of losses below 0, which are refused. Source: Liu, Johns and Davison, "End-to-End Multi-Task Learning with Attention", 2019.
/// </summary>
public sealed class DynamicWeightAverage : LossWeighting
{
    private readonly double temperature;
    private readonly double[] last;
    private readonly double[] beforeLast;
    private readonly float[] weights;

    public DynamicWeightAverage(DwaOptions options, int tasks)
    {
        temperature = options.Temperature;
        Array.Fill(last = new double[tasks], double.NaN);
        Array.Fill(beforeLast = new double[tasks], double.NaN);
        Array.Fill(weights = new float[tasks], 1);
        State = [NamedTensor.Of("last_loss", last), NamedTensor.Of("loss_before_last", beforeLast), NamedTensor.Of("weight", weights)];
    }

    public override ReadOnlySpan<float> Weights => weights;

    public override bool NeedsPositiveLosses => true;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void LearnFromEpoch(ReadOnlySpan<double> meanLosses, ReadOnlySpan<bool> present)
    {
        var tasks = weights.Length;
        for (var task = 0; task < tasks; task++)
            if (present[task])
                (beforeLast[task], last[task]) = (last[task], meanLosses[task]);

        var ratios = new double[tasks];
        for (var task = 0; task < tasks; task++)
            ratios[task] = last[task] / beforeLast[task] is var ratio && double.IsFinite(ratio) ? ratio : 1;

        var largest = ratios.Max();
        var sum = ratios.Sum(ratio => Math.Exp((ratio - largest) / temperature));
        for (var task = 0; task < tasks; task++)
            weights[task] = (float)(tasks * Math.Exp((ratios[task] - largest) / temperature) / sum);
    }
}
