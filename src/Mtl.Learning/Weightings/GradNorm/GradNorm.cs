using Mtl.Learning.Optimizers;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Learns weights w = T·softmax(z) that bring the weighted gradients' norms Gₜ = wₜ‖gₜ‖ to mean(G)·rₜ^α, where rₜ is the task's loss relative to its first epoch's mean loss, relative to the tasks' mean of
/// that: z descends Σ|Gₜ − mean(G)·rₜ^α|, the target held fixed, by an Adam of its own. g = Σ wₜgₜ, and wₜ weighs a task's own parameters too. The first epoch weighs equally; a task absent in it, or with a loss of 0, has the ratio 1.
/// Source: Chen et al., "GradNorm", ICML 2018; softmax and the first epoch as the reference as in LibMTL, over all shared parameters.
/// </summary>
public sealed class GradNorm : GramBalancer
{
    private readonly GradNormOptions options;
    private readonly float[] logits;
    private readonly double[] firstLosses;
    private readonly double[] weights;
    private readonly double[] ratios;
    private readonly double[] slopes;
    private readonly float[] gradient;
    private readonly Adam adam;

    public GradNorm(GradNormOptions options, int tasks)
        : base(tasks)
    {
        this.options = options;
        (logits, gradient, weights, ratios, slopes) = (new float[tasks], new float[tasks], new double[tasks], new double[tasks], new double[tasks]);
        Array.Fill(firstLosses = new double[tasks], double.NaN);
        adam = new Adam(new AdamOptions { LearningRate = options.LearningRate }, tasks);
        State = [NamedTensor.Of("logit", logits), NamedTensor.Of("first_loss", firstLosses), .. adam.State];
    }

    public override ReadOnlySpan<float> OwnWeights => Coefficients;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override bool NeedsPositiveLosses => true;

    public override void LearnFromEpoch(ReadOnlySpan<double> meanLosses, ReadOnlySpan<bool> present)
    {
        for (var task = 0; task < firstLosses.Length; task++)
            if (double.IsNaN(firstLosses[task]) && present[task])
                firstLosses[task] = meanLosses[task];
    }

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var tasks = logits.Length;
        var (largest, total) = (float.NegativeInfinity, 0.0);
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        for (var task = 0; task < tasks; task++)
            total += weights[task] = Math.Exp(logits[task] - largest);
        for (var task = 0; task < tasks; task++)
            weights[task] *= tasks / total;
        for (var i = 0; i < step.Count; i++)
            coefficients[i] = weights[step.Tasks[i]];
        if (step.Epoch > 1)
            Learn(step);
    }

    private void Learn(GramStep step)
    {
        var count = step.Count;
        var (meanNorm, meanRatio, meanSlope) = (0.0, 0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var task = step.Tasks[i];
            ratios[i] = step.Loss(i) / firstLosses[task] is var ratio && double.IsFinite(ratio) && ratio > 0 ? ratio : 1;
            meanRatio += ratios[i] / count;
            meanNorm += weights[task] * Math.Sqrt(step[i, i]) / count;
        }

        for (var i = 0; i < count; i++)
        {
            var task = step.Tasks[i];
            var norm = Math.Sqrt(step[i, i]);
            slopes[i] = norm * Math.Sign(weights[task] * norm - meanNorm * Math.Pow(ratios[i] / meanRatio, options.Alpha));
            meanSlope += weights[task] / logits.Length * slopes[i];
        }

        Array.Clear(gradient);
        for (var task = 0; task < gradient.Length; task++)
            gradient[task] = (float)(-weights[task] * meanSlope);
        for (var i = 0; i < count; i++)
            gradient[step.Tasks[i]] += (float)(weights[step.Tasks[i]] * slopes[i]);
        adam.Step(logits, gradient, adam.LearningRate);
    }
}
