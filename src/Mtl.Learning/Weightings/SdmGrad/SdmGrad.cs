using Mtl.Learning.State;
using Mtl.Learning.Vectors;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Direction-oriented descent: g = (Σ wₜgₜ + λg₀)/(1 + λ), g₀ the mean gradient, w on the simplex towards the least ‖Σ wₜgₜ + λg₀‖. In each step w takes projected steps (of size 5 with momentum 0.5, as published)
/// along Aw + λ·mean(A), A = G₁G₂ᵀ from two batches independent of each other and of the step's own, divided by the square of mean √max(0, Aₜₜ). They are as many as asked for: an estimate by design, not a
/// solution. An absent task has the coefficient 0 and keeps its w. Source: Xiao, Ban and Ji, "Direction-oriented Multi-objective Learning", NeurIPS 2023. Three gradient passes for each step.
/// </summary>
public sealed class SdmGrad : GradientBalancer
{
    private const double Rate = 5;
    private const double Momentum = 0.5;

    private readonly SdmGradOptions options;
    private readonly double[] products;
    private readonly double[] means;
    private readonly double[] slopes;
    private readonly double[] velocity;
    private readonly double[] weights;
    private readonly double[] room;
    private readonly float[] coefficients;
    private StoredGradients first;

    public SdmGrad(SdmGradOptions options, int tasks)
    {
        this.options = options;
        products = new double[tasks * tasks];
        (means, slopes, velocity, room) = (new double[tasks], new double[tasks], new double[tasks], new double[tasks]);
        Array.Fill(weights = new double[tasks], 1.0 / tasks);
        Array.Fill(coefficients = new float[tasks], 1f / tasks);
        first = new StoredGradients(tasks, 0);
        State = [NamedTensor.Of("weight", weights)];
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override bool Probes => true;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override void Allocate(int length) => first = new StoredGradients(weights.Length, length);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        Sample(step.Probe);
        Array.Clear(velocity);
        for (var turn = 0; turn < options.Iterations; turn++)
        {
            SmallMatrix.Multiply(products, weights, slopes);
            for (var task = 0; task < weights.Length; task++)
            {
                velocity[task] = Momentum * velocity[task] + slopes[task] + options.Lambda * means[task];
                weights[task] -= Rate * velocity[task];
            }

            Simplex.Project(weights, room);
        }

        var present = step.Present.Count(true);
        for (var task = 0; task < weights.Length; task++)
            coefficients[task] = step.Present[task] ? (float)((weights[task] + options.Lambda / present) / (1 + options.Lambda)) : 0;
        step.Gradients.Combine(coefficients, combined);
    }

    /// <summary>A and its rows' means.</summary>
    private void Sample(IGradientProbe probe)
    {
        var tasks = weights.Length;
        var drawn = probe.At(probe.Parameters, ProbeBatch.Training, 0).Gradients;
        for (var task = 0; task < tasks; task++)
            drawn.Row(task).CopyTo(first.Row(task));
        drawn = probe.At(probe.Parameters, ProbeBatch.Training, 1).Gradients;
        var scale = 0.0;
        for (var i = 0; i < tasks; i++)
        {
            for (var j = 0; j < tasks; j++)
                products[i * tasks + j] = Gram.Dot(first.Row(i), drawn.Row(j));
            scale += Math.Sqrt(Math.Max(0, products[i * tasks + i])) / tasks;
        }

        for (var i = 0; i < tasks; i++)
        {
            means[i] = 0;
            for (var j = 0; j < tasks; j++)
                means[i] += (products[i * tasks + j] /= scale * scale + 1e-8) / tasks;
        }
    }
}
