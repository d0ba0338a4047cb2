using System.Runtime.InteropServices;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// Adagrad, as PyTorch computes it, in one fused pass: g ← g + wd·θ;  s ← s + g²;  θ ← θ − lr/(1 + (t − 1)·decay) · g/(√s + ε).
/// Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011.
/// </summary>
public sealed class Adagrad : IGradientOptimizer
{
    private readonly AdagradOptions options;
    private readonly int count;
    private readonly Memory<float> sum;
    private readonly long[] step = [0];

    public Adagrad(AdagradOptions options, int parameterCount)
    {
        this.options = options;
        count = parameterCount;
        sum = AlignedMemory.Allocate(count);
        sum.Span.Fill((float)options.InitialSum);
        State = [NamedTensor.Of("sum", sum), NamedTensor.Of("step", step)];
    }

    public float LearningRate => (float)options.LearningRate;

    public IReadOnlyList<NamedTensor> State { get; }

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        BufferLengths.Require(count, parameters, gradients);
        var rate = learningRate / (1 + step[0]++ * options.RateDecay);
        Sweep.Over(count, new Kernel(parameters, gradients, sum.Span, options, (float)rate));
    }

    private readonly ref struct Kernel(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> sum, AdagradOptions options, float rate) : IKernel
    {
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float sum = ref MemoryMarshal.GetReference(sum);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (penalty, epsilon, minusRate) = (TLanes.All((float)options.WeightDecay), TLanes.All((float)options.Epsilon), TLanes.All(-rate));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var theta = TLanes.Load(ref parameters, at);
                var gradient = TLanes.MultiplyAdd(penalty, theta, TLanes.Load(in gradients, at));
                var squares = TLanes.FlushSubnormals(TLanes.MultiplyAdd(gradient, gradient, TLanes.Load(ref sum, at)));
                squares.Store(ref sum, at);
                TLanes.MultiplyAdd(minusRate, gradient / (TLanes.Sqrt(squares) + epsilon), theta).Store(ref parameters, at);
            }
        }
    }
}
