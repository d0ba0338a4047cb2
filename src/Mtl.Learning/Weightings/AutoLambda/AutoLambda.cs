using Mtl.Learning.Optimizers;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Learns the weights that lower the sum of all tasks' losses on other rows after a step with them: with θ′ = θ − η·Σ λₜgₜ, η the step's learning rate, ∂ΣLⱼ(θ′)/∂λₜ = −η·∇ΣLⱼ(θ′)·gₜ, which λ descends by an
/// Adam of its own. The published code approximates the product from two more losses; the tasks' gradients give it exactly. λ is kept at 0 or above; g = Σ λₜgₜ, and λₜ weighs a task's own parameters too. Only the shared parameters look ahead.
/// Source: Liu et al., "Auto-Lambda: Disentangling Dynamic Task Relationships", TMLR 2022, every task primary. Two gradient passes for each step.
/// </summary>
public sealed class AutoLambda : GradientBalancer
{
    private readonly AutoLambdaOptions options;
    private readonly float[] weights;
    private readonly float[] ones;
    private readonly float[] gradient;
    private readonly float[] coefficients;
    private readonly Adam adam;
    private LookAhead ahead = new(0);
    private float[] slope = [];

    public AutoLambda(AutoLambdaOptions options, int tasks)
    {
        this.options = options;
        (gradient, coefficients) = (new float[tasks], new float[tasks]);
        Array.Fill(weights = new float[tasks], (float)options.Initial);
        Array.Fill(ones = new float[tasks], 1);
        weights.CopyTo(coefficients, 0);
        adam = new Adam(new AdamOptions { LearningRate = options.LearningRate }, tasks);
        State = [NamedTensor.Of("weight", weights), .. adam.State];
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override ReadOnlySpan<float> OwnWeights => Coefficients;

    public override bool Probes => true;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void Allocate(int length) => (ahead, slope) = (new LookAhead(length), new float[length]);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        var probe = step.Probe;
        ahead.Begin(probe.Parameters);
        ahead.Step(step.Gradients, weights, probe.LearningRate);
        probe.At(ahead.Parameters, options.Outer.Batch()).Gradients.Combine(ones, slope);
        for (var task = 0; task < weights.Length; task++)
            gradient[task] = (float)(-probe.LearningRate * Gram.Dot(slope, step.Gradients.Row(task)));
        adam.Step(weights, gradient, adam.LearningRate);
        for (var task = 0; task < weights.Length; task++)
        {
            weights[task] = Math.Max(0, weights[task]);
            coefficients[task] = step.Present[task] ? weights[task] : 0;
        }

        step.Gradients.Combine(coefficients, combined);
    }
}
