using Mtl.Learning.State;
using Mtl.Learning.Vectors;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Multi-objective correction: tracks each task's gradient, yₜ ← yₜ − β(yₜ − g̃ₜ) with g̃ₜ = Lₜ·gₜ/‖gₜ‖, and moves the weights one step towards the least norm of the tracked ones,
/// λ ← softmax(λ − γ(YYᵀ + ρI)λ); g = Σ λₜyₜ. Step sizes fall as β/k^σ. An absent task's y stays and counts. Keeps [tasks, length] floats. λ is reported as the coefficients.
/// Source: Fernando et al., "Mitigating Gradient Bias in Multi-objective Learning", ICLR 2023, normalised and with softmax as in its authors' code and LibMTL.
/// </summary>
public sealed class MoCo : GradientBalancer
{
    private readonly MoCoOptions options;
    private readonly double[] gram;
    private readonly double[] weights;
    private readonly double[] moved;
    private readonly float[] coefficients;
    private readonly float[] shares;
    private StoredGradients tracked;

    public MoCo(MoCoOptions options, int tasks)
    {
        this.options = options;
        (gram, moved, shares) = (new double[tasks * tasks], new double[tasks], new float[tasks]);
        Array.Fill(weights = new double[tasks], 1.0 / tasks);
        Array.Fill(coefficients = new float[tasks], 1f / tasks);
        tracked = new StoredGradients(tasks, 0);
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override bool NeedsParameterGradients => true;

    public override bool NeedsPositiveLosses => true;

    public override IReadOnlyList<NamedTensor> State => [tracked.Tensor("tracked"), NamedTensor.Of("weight", weights)];

    public override void Allocate(int length) => tracked = new StoredGradients(weights.Length, length);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        Track(step, options.Beta / Math.Pow(step.Step, options.BetaSigma));
        SmallMatrix.Multiply(gram, weights, moved);
        var rate = options.Gamma / Math.Pow(step.Step, options.GammaSigma);
        for (var task = 0; task < weights.Length; task++)
            moved[task] = weights[task] - rate * (moved[task] + options.Rho * weights[task]);
        Simplex.Softmax(moved, weights);
        for (var task = 0; task < weights.Length; task++)
            coefficients[task] = (float)weights[task];
        tracked.Matrix.Combine(coefficients, combined);
    }

    /// <summary>Moves Y and finds YYᵀ in the same pass.</summary>
    private void Track(BalancedStep step, double rate)
    {
        var (tasks, length) = (weights.Length, step.Gradients.Length);
        for (var task = 0; task < tasks; task++)
        {
            if (!step.Present[task])
                continue;
            var row = step.Gradients.Row(task);
            shares[task] = (float)(rate * step.Losses[task] / (Math.Sqrt(Gram.Dot(row, row)) + 1e-8));
        }

        Array.Clear(gram);
        for (var at = 0; at < length; at += Gram.Block)
        {
            var size = Math.Min(Gram.Block, length - at);
            for (var task = 0; task < tasks; task++)
                if (step.Present[task])
                    Blend.Into(tracked.Row(task).Slice(at, size), (float)(1 - rate), step.Gradients.Row(task).Slice(at, size), shares[task]);
            Gram.AddBlock(tracked.Values, tasks, at, size, length, gram);
        }

        Gram.Mirror(tasks, gram);
    }
}
