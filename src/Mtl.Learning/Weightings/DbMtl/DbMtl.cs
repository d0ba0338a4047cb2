using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Dual balancing: the losses' logarithms bring the tasks to one scale, their gradients gₜ/(Lₜ + 1e-8) are averaged over steps, ĝₜ ← βₖĝₜ + (1 − βₖ)gₜ/(Lₜ + 1e-8), and brought to the largest norm:
/// g = Σ (maxᵢ‖ĝᵢ‖/‖ĝₜ‖)·ĝₜ. βₖ = β/k^σ at step k. A task's own parameters descend the logarithm too, by ∇Lₜ/(Lₜ + 1e-8). An absent task is left out and its mean stays; a mean of 0 has the coefficient 0. Losses must not be negative. Keeps [tasks, length] floats.
/// Source: Lin et al., "Dual-Balancing for Multi-Task Learning", 2023, with LibMTL's defaults.
/// </summary>
public sealed class DbMtl : GradientBalancer
{
    private readonly DbMtlOptions options;
    private readonly float[] coefficients;
    private readonly float[] ownWeights;
    private readonly double[] norms;
    private StoredGradients means;

    public DbMtl(DbMtlOptions options, int tasks)
    {
        this.options = options;
        norms = new double[tasks];
        Array.Fill(ownWeights = new float[tasks], 1);
        Array.Fill(coefficients = new float[tasks], 1);
        means = new StoredGradients(tasks, 0);
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override ReadOnlySpan<float> OwnWeights => ownWeights;

    public override bool NeedsParameterGradients => true;

    public override bool NeedsPositiveLosses => true;

    public override IReadOnlyList<NamedTensor> State => [means.Tensor("mean_gradient")];

    public override void Allocate(int length) => means = new StoredGradients(coefficients.Length, length);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        var keep = options.Beta / Math.Pow(step.Step, options.BetaSigma);
        var largest = 0.0;
        for (var task = 0; task < norms.Length; task++)
        {
            norms[task] = 0;
            if (!step.Present[task])
                continue;
            var mean = means.Row(task);
            var scale = 1 / (step.Losses[task] + 1e-8);
            ownWeights[task] = (float)scale;
            Blend.Into(mean, (float)keep, step.Gradients.Row(task), (float)((1 - keep) * scale));
            norms[task] = Math.Sqrt(Gram.Dot(mean, mean));
            largest = double.IsNaN(norms[task]) ? double.NaN : Math.Max(largest, norms[task]);
        }

        for (var task = 0; task < norms.Length; task++)
            coefficients[task] = norms[task] == 0 ? 0 : (float)(largest / norms[task]);
        means.Matrix.Combine(coefficients, combined);
    }
}
