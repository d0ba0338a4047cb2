using Mtl.Learning.State;
using Mtl.Learning.Vectors;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Double sampling: the weights take one projected step towards the least norm, λ ← Π(λ − γ(G₁(G₂ᵀλ) + ρλ)) onto the simplex, with the gradients G₁ and G₂ of two batches that are independent of each other
/// and of the step's own, so that the product is unbiased; g = Σ λₜgₜ. An absent task has the coefficient 0 in that step and keeps its λ.
/// Source: Chen et al., "Three-Way Trade-Off in Multi-Objective Learning", NeurIPS 2023, with LibMTL's defaults. Three gradient passes for each step.
/// </summary>
public sealed class MoDo : GradientBalancer
{
    private readonly MoDoOptions options;
    private readonly double[] weights;
    private readonly double[] room;
    private readonly float[] coefficients;
    private float[] along = [];

    public MoDo(MoDoOptions options, int tasks)
    {
        this.options = options;
        room = new double[tasks];
        Array.Fill(weights = new double[tasks], 1.0 / tasks);
        Array.Fill(coefficients = new float[tasks], 1f / tasks);
        State = [NamedTensor.Of("weight", weights)];
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override bool Probes => true;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void Allocate(int length) => along = new float[length];

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        var probe = step.Probe;
        for (var task = 0; task < weights.Length; task++)
            coefficients[task] = (float)weights[task];
        probe.At(probe.Parameters, ProbeBatch.Training, 1).Gradients.Combine(coefficients, along);
        var first = probe.At(probe.Parameters, ProbeBatch.Training, 0).Gradients;
        for (var task = 0; task < weights.Length; task++)
            weights[task] -= options.Gamma * (Gram.Dot(first.Row(task), along) + options.Rho * weights[task]);
        Simplex.Project(weights, room);
        for (var task = 0; task < weights.Length; task++)
            coefficients[task] = step.Present[task] ? (float)weights[task] : 0;
        step.Gradients.Combine(coefficients, combined);
    }
}
