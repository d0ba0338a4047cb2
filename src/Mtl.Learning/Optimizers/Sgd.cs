using System.Runtime.InteropServices;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum, as PyTorch computes it:
/// g ← g + wd·θ;  b ← μ·b + g;  d = g + μ·b (Nesterov) or b;  θ ← θ − lr·d.
/// Source: Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
/// </summary>
public sealed class Sgd : IGradientOptimizer
{
    private readonly SgdOptions options;
    private readonly int count;
    private readonly Memory<float> velocity;

    public Sgd(SgdOptions options, int parameterCount)
    {
        this.options = options;
        count = parameterCount;
        velocity = AlignedMemory.Allocate(options.Momentum > 0 ? count : 0);
        State = [NamedTensor.Of("velocity", velocity)];
    }

    public float LearningRate => (float)options.LearningRate;

    public IReadOnlyList<NamedTensor> State { get; }

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        BufferLengths.Require(count, parameters, gradients);
        if (options.Momentum > 0)
            Sweep.Over(count, new MomentumKernel(parameters, gradients, velocity.Span, options, learningRate));
        else
            Sweep.Over(count, new PlainKernel(parameters, gradients, options, learningRate));
    }

    private readonly ref struct PlainKernel(Span<float> parameters, ReadOnlySpan<float> gradients, SgdOptions options, float learningRate) : IKernel
    {
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly float weightDecay = (float)options.WeightDecay;

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (rate, decay) = (TLanes.All(-learningRate), TLanes.All(weightDecay));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var theta = TLanes.Load(ref parameters, at);
                var gradient = TLanes.MultiplyAdd(decay, theta, TLanes.Load(in gradients, at));
                TLanes.MultiplyAdd(rate, gradient, theta).Store(ref parameters, at);
            }
        }
    }

    private readonly ref struct MomentumKernel(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocity, SgdOptions options, float learningRate)
        : IKernel
    {
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float velocity = ref MemoryMarshal.GetReference(velocity);
        private readonly float weightDecay = (float)options.WeightDecay;
        private readonly float momentum = (float)options.Momentum;
        private readonly bool nesterov = options.Nesterov;

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (rate, decay, keep) = (TLanes.All(-learningRate), TLanes.All(weightDecay), TLanes.All(momentum));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var theta = TLanes.Load(ref parameters, at);
                var gradient = TLanes.MultiplyAdd(decay, theta, TLanes.Load(in gradients, at));
                var speed = TLanes.FlushSubnormals(TLanes.MultiplyAdd(keep, TLanes.Load(ref velocity, at), gradient));
                speed.Store(ref velocity, at);
                var direction = nesterov ? TLanes.MultiplyAdd(keep, speed, gradient) : speed;
                TLanes.MultiplyAdd(rate, direction, theta).Store(ref parameters, at);
            }
        }
    }
}
