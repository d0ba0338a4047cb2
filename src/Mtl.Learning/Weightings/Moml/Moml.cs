using Mtl.Learning.Optimizers;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Multi-objective meta learning: weights λ = softmax(a) that lower all tasks' losses on other rows after a step with them. From θ′ = θ − η·Σ λₜgₜ each task's loss there has the gradient
/// ∂Lⱼ(θ′)/∂λₜ = −η·∇Lⱼ(θ′)·gₜ, exact for one step, no Hessian needed; these vectors, as gradients in a and brought to length 1, are combined to the point of least norm in their hull (MGDA, exact), which a
/// descends by an Adam of its own. Then g = Σ λₜgₜ, and λₜ weighs a task's own parameters too. Only the shared parameters look ahead. Source: Ye et al., "Multi-Objective Meta Learning", NeurIPS 2021, with LibMTL's defaults. Two gradient passes for each step.
/// </summary>
public sealed class Moml : GradientBalancer
{
    private readonly MomlOptions options;
    private readonly float[] logits;
    private readonly double[] slopes;
    private readonly double[] gram;
    private readonly double[] shares;
    private readonly float[] gradient;
    private readonly float[] coefficients;
    private readonly MinimumNorm minimum;
    private readonly Adam adam;
    private LookAhead ahead = new(0);

    public Moml(MomlOptions options, int tasks)
    {
        this.options = options;
        (logits, slopes, gram, shares, gradient, coefficients) =
            (new float[tasks], new double[tasks * tasks], new double[tasks * tasks], new double[tasks], new float[tasks], new float[tasks]);
        SoftWeights.Of(logits, coefficients);
        minimum = new MinimumNorm(tasks);
        adam = new Adam(new AdamOptions { LearningRate = options.OuterLearningRate }, tasks);
        State = [NamedTensor.Of("logit", logits), .. adam.State];
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override ReadOnlySpan<float> OwnWeights => Coefficients;

    public override bool Probes => true;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void Allocate(int length) => ahead = new LookAhead(length);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        SoftWeights.Of(logits, coefficients);
        ahead.Begin(step.Probe.Parameters);
        ahead.Step(step.Gradients, coefficients, options.InnerLearningRate);
        Learn(step.Gradients, step.Probe.At(ahead.Parameters, options.Outer.Batch()).Gradients);
        SoftWeights.Of(logits, coefficients);
        for (var task = 0; task < coefficients.Length; task++)
            if (!step.Present[task])
                coefficients[task] = 0;
        step.Gradients.Combine(coefficients, combined);
    }

    private void Learn(GradientMatrix inner, GradientMatrix outer)
    {
        var tasks = logits.Length;
        var judged = 0;
        for (var j = 0; j < tasks; j++)
        {
            var row = slopes.AsSpan(judged * tasks, tasks);
            for (var t = 0; t < tasks; t++)
                row[t] = -options.InnerLearningRate * Gram.Dot(outer.Row(j), inner.Row(t));
            SoftWeights.Pull(coefficients, row);
            var length = Math.Sqrt(Dot(row, row));
            if (!(length > 0))
                continue;
            foreach (ref var slope in row)
                slope /= length;
            judged++;
        }

        if (judged == 0)
            return;
        for (var i = 0; i < judged; i++)
            for (var j = 0; j < judged; j++)
                gram[i * judged + j] = Dot(slopes.AsSpan(i * tasks, tasks), slopes.AsSpan(j * tasks, tasks));
        minimum.Solve(gram.AsSpan(0, judged * judged), shares.AsSpan(0, judged));
        Array.Clear(gradient);
        for (var j = 0; j < judged; j++)
            for (var t = 0; t < tasks; t++)
                gradient[t] += (float)(shares[j] * slopes[j * tasks + t]);
        adam.Step(logits, gradient, adam.LearningRate);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
