using Mtl.Learning.Optimizers;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Weightings;

/// <summary>
/// First-order multi-gradient method for two levels: the tasks' losses F on other rows are lowered subject to q = f(a, θ) − f(a, θ̃) ≤ 0, where f = Σ softmax(a)ₜLₜ on the step's batch and θ̃ is some steps of
/// descent of it from θ. With unit gradients F̂ₜ and ∇q = (∇ₐq, ∇f): λ on the simplex and ν ≥ 0 minimise ½‖Σ λₜF̂ₜ + ν∇q‖² − νρ‖∇q‖², solved exactly (a least norm for each ν, ν to a relative 1e-12 by bisection);
/// λ is averaged over steps with the rate epoch^(−3/4), ν = max(0, ρ − Σ λₜF̂ₜ·∇q/‖∇q‖²) for it. Then g = Σ λₜF̂ₜ + ν∇f, and a descends ν∇ₐq by an Adam of its own.
/// Tasks without a gradient on the other rows are left out. softmax(a) is reported as the coefficients. Only the shared parameters look ahead.
/// Source: Ye et al., "A First-Order Multi-Gradient Algorithm for Multi-Objective Bi-Level Optimization", ECAI 2024, with LibMTL's defaults. 2 + innerSteps gradient passes for each step.
/// </summary>
public sealed class Forum : GradientBalancer
{
    private readonly ForumOptions options;
    private readonly int tasks;
    private readonly ForumProgram program;
    private readonly float[] logits;
    private readonly double[] averaged;
    private readonly double[] lowered;
    private readonly float[] gradient;
    private readonly float[] coefficients;
    private readonly float[] shares;
    private readonly Adam adam;
    private LookAhead ahead = new(0);
    private float[] slope = [];

    public Forum(ForumOptions options, int tasks)
    {
        (this.options, this.tasks) = (options, tasks);
        program = new ForumProgram(tasks, options.Rho);
        (logits, averaged, lowered) = (new float[tasks], new double[tasks], new double[tasks]);
        (gradient, coefficients, shares) = (new float[tasks], new float[tasks], new float[tasks]);
        SoftWeights.Of(logits, coefficients);
        adam = new Adam(new AdamOptions { LearningRate = options.OuterLearningRate }, tasks);
        State = [NamedTensor.Of("logit", logits), NamedTensor.Of("averaged", averaged), .. adam.State];
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override bool Probes => true;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void Allocate(int length) => (ahead, slope) = (new LookAhead(length), new float[length]);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        SoftWeights.Of(logits, coefficients);
        var square = Lower(step);
        var outer = step.Probe.At(step.Probe.Parameters, options.Outer.Batch()).Gradients;
        program.Load(outer, slope, square);
        program.Solve();
        var rate = Math.Pow(step.Epoch, -0.75);
        for (var task = 0; task < tasks; task++)
            averaged[task] += rate * (program.Weights[task] - averaged[task]);
        var nu = program.Multiplier(averaged);
        for (var task = 0; task < tasks; task++)
        {
            shares[task] = (float)(averaged[task] * program.Inverse(task));
            gradient[task] = (float)(nu * lowered[task]);
        }

        outer.Combine(shares, combined);
        Blend.Into(combined, 1, slope, (float)nu);
        adam.Step(logits, gradient, adam.LearningRate);
    }

    /// <summary>Descends f for the look-ahead's steps; leaves ∇f in <c>slope</c> and ∇ₐq in <c>lowered</c>, and gives ‖∇q‖².</summary>
    private double Lower(BalancedStep step)
    {
        ahead.Begin(step.Probe.Parameters);
        ahead.Step(step.Gradients, coefficients, options.InnerLearningRate);
        ahead.Direction.CopyTo(slope);
        for (var turn = 1; turn < options.InnerSteps; turn++)
            ahead.Step(step.Probe.At(ahead.Parameters, ProbeBatch.Step).Gradients, coefficients, options.InnerLearningRate);
        var after = step.Probe.At(ahead.Parameters, ProbeBatch.Step).Losses;
        for (var task = 0; task < tasks; task++)
            lowered[task] = step.Present[task] ? step.Losses[task] - after[task] : 0;
        SoftWeights.Pull(coefficients, lowered);
        var square = Gram.Dot(slope, slope);
        foreach (var part in lowered)
            square += part * part;
        return square;
    }
}
