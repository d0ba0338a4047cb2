using System.Runtime.InteropServices;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// Adam and AdamW, as PyTorch computes them, in one fused pass:
/// g ← g + wd·θ (Adam), θ ← θ·(1 − lr·wd) (AdamW);
/// m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;
/// θ ← θ − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
/// Sources: Kingma and Ba, "Adam", 2015; Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.
/// </summary>
public sealed class Adam : IGradientOptimizer
{
    private readonly Rates rates;
    private readonly int count;
    private readonly Memory<float> firstMoment;
    private readonly Memory<float> secondMoment;
    private readonly long[] step = [0];

    public Adam(AdamOptions options, int parameterCount)
        : this(new Rates(options.LearningRate, options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay, 0), parameterCount)
    {
    }

    public Adam(AdamWOptions options, int parameterCount)
        : this(new Rates(options.LearningRate, options.Beta1, options.Beta2, options.Epsilon, 0, options.WeightDecay), parameterCount)
    {
    }

    private Adam(Rates rates, int parameterCount)
    {
        this.rates = rates;
        count = parameterCount;
        firstMoment = AlignedMemory.Allocate(count);
        secondMoment = AlignedMemory.Allocate(count);
        State = [NamedTensor.Of("first_moment", firstMoment), NamedTensor.Of("second_moment", secondMoment), NamedTensor.Of("step", step)];
    }

    public float LearningRate => (float)rates.LearningRate;

    public IReadOnlyList<NamedTensor> State { get; }

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        BufferLengths.Require(count, parameters, gradients);
        Sweep.Over(count, new Kernel(parameters, gradients, firstMoment.Span, secondMoment.Span, rates, learningRate, ++step[0]));
    }

    private sealed record Rates(double LearningRate, double Beta1, double Beta2, double Epsilon, double Penalty, double Decay);

    private readonly ref struct Kernel(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> firstMoment, Span<float> secondMoment, Rates rates, double learningRate, long step) : IKernel
    {
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float firstMoment = ref MemoryMarshal.GetReference(firstMoment);
        private readonly ref float secondMoment = ref MemoryMarshal.GetReference(secondMoment);
        private readonly float stepSize = (float)(-learningRate / (1 - Math.Pow(rates.Beta1, step)));
        private readonly float scale = (float)(1 / Math.Sqrt(1 - Math.Pow(rates.Beta2, step)));
        private readonly float remaining = (float)(1 - learningRate * rates.Decay);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (beta1, fresh1) = (TLanes.All((float)rates.Beta1), TLanes.All((float)(1 - rates.Beta1)));
            var (beta2, fresh2) = (TLanes.All((float)rates.Beta2), TLanes.All((float)(1 - rates.Beta2)));
            var (penalty, keep) = (TLanes.All((float)rates.Penalty), TLanes.All(remaining));
            var (minusRate, root, epsilon) = (TLanes.All(stepSize), TLanes.All(scale), TLanes.All((float)rates.Epsilon));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var theta = TLanes.Load(ref parameters, at);
                var gradient = TLanes.MultiplyAdd(penalty, theta, TLanes.Load(in gradients, at));
                var mean = TLanes.FlushSubnormals(TLanes.MultiplyAdd(beta1, TLanes.Load(ref firstMoment, at), fresh1 * gradient));
                var square = TLanes.FlushSubnormals(TLanes.MultiplyAdd(beta2, TLanes.Load(ref secondMoment, at), fresh2 * gradient * gradient));
                mean.Store(ref firstMoment, at);
                square.Store(ref secondMoment, at);
                var direction = mean / TLanes.MultiplyAdd(TLanes.Sqrt(square), root, epsilon);
                TLanes.MultiplyAdd(minusRate, direction, keep * theta).Store(ref parameters, at);
            }
        }
    }
}
