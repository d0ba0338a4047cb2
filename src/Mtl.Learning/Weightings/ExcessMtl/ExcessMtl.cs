using System.Runtime.InteropServices;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Weighs by the tasks' excess risks, how far each still is from its own optimum: ε̂ₜ = gₜᵀ·diag(Σg²ₜ + 1e-7)^(−½)·gₜ with the squares summed over all steps so far, relative to its first value;
/// λₜ ← λₜ·exp(η·ε̂ₜ/ε̂ₜ⁽¹⁾), then Σλ = T; g = Σ λₜgₜ, and λₜ weighs a task's own parameters too. A task's first step only sets its reference, and a reference of 0 never changes λ. Absent tasks keep their λ up to the sum. Keeps [tasks, length] floats.
/// Source: He et al., "Robust Multi-Task Learning with Excess Risks", ICML 2024, with LibMTL's defaults.
/// </summary>
public sealed class ExcessMtl : GradientBalancer
{
    private readonly double stepSize;
    private readonly double[] first;
    private readonly double[] logWeights;
    private readonly float[] weights;
    private readonly float[] coefficients;
    private StoredGradients squares;

    public ExcessMtl(ExcessMtlOptions options, int tasks)
    {
        stepSize = options.StepSize;
        (logWeights, weights) = (new double[tasks], new float[tasks]);
        Array.Fill(first = new double[tasks], double.NaN);
        Array.Fill(coefficients = new float[tasks], 1);
        squares = new StoredGradients(tasks, 0);
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override ReadOnlySpan<float> OwnWeights => Coefficients;

    public override bool NeedsParameterGradients => true;

    public override IReadOnlyList<NamedTensor> State => [squares.Tensor("square_sum"), NamedTensor.Of("first_risk", first), NamedTensor.Of("log_weight", logWeights)];

    public override void Allocate(int length) => squares = new StoredGradients(weights.Length, length);

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        var tasks = weights.Length;
        for (var task = 0; task < tasks; task++)
        {
            if (!step.Present[task])
                continue;
            var risk = Risk(step.Gradients.Row(task), squares.Row(task));
            if (double.IsNaN(first[task]))
                first[task] = risk;
            else if (first[task] > 0)
                logWeights[task] += stepSize * risk / first[task];
        }

        var largest = logWeights.Max();
        var sum = 0.0;
        for (var task = 0; task < tasks; task++)
            sum += Math.Exp(logWeights[task] -= largest);
        for (var task = 0; task < tasks; task++)
        {
            weights[task] = (float)(tasks * Math.Exp(logWeights[task]) / sum);
            coefficients[task] = step.Present[task] ? weights[task] : 0;
        }

        step.Gradients.Combine(coefficients, combined);
    }

    private static double Risk(ReadOnlySpan<float> gradient, Span<float> squares)
    {
        var risk = 0.0;
        for (var at = 0; at < gradient.Length; at += Gram.Block)
        {
            var size = Math.Min(Gram.Block, gradient.Length - at);
            var part = 0f;
            Sweep.Over(size, new RiskKernel(gradient.Slice(at, size), squares.Slice(at, size), ref part));
            risk += part;
        }

        return risk;
    }

    /// <summary>s ← s + g²; sum += g²/√(s + 1e-7).</summary>
    private readonly ref struct RiskKernel(ReadOnlySpan<float> gradient, Span<float> squares, ref float sum) : IKernel
    {
        private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly ref float squares = ref MemoryMarshal.GetReference(squares);
        private readonly ref float sum = ref sum;

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (total, floor) = (TLanes.All(0), TLanes.All(1e-7f));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var value = TLanes.Load(in gradient, at);
                var square = value * value;
                var summed = TLanes.Load(ref squares, at) + square;
                summed.Store(ref squares, at);
                total += square / TLanes.Sqrt(summed + floor);
            }

            sum += total.Sum();
        }
    }
}
