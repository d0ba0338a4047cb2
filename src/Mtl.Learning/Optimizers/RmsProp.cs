using System.Runtime.InteropServices;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// RMSprop, as PyTorch computes it, in one fused pass:
/// g ← g + wd·θ;  v ← α·v + (1 − α)·g²;  m ← α·m + (1 − α)·g (centered, else m = 0);
/// b ← μ·b + g/(√max(0, v − m²) + ε);  θ ← θ − lr·b.
/// Sources: Tieleman and Hinton, "Lecture 6.5 - RMSProp", 2012; centered: Graves, "Generating Sequences With Recurrent Neural Networks", 2013.
/// </summary>
public sealed class RmsProp : IGradientOptimizer
{
    private readonly RmsPropOptions options;
    private readonly int count;
    private readonly Memory<float> square;
    private readonly Memory<float> mean;
    private readonly Memory<float> velocity;

    public RmsProp(RmsPropOptions options, int parameterCount)
    {
        this.options = options;
        count = parameterCount;
        square = AlignedMemory.Allocate(count);
        mean = AlignedMemory.Allocate(options.Centered ? count : 0);
        velocity = AlignedMemory.Allocate(options.Momentum > 0 ? count : 0);
        State = [NamedTensor.Of("square", square), NamedTensor.Of("mean", mean), NamedTensor.Of("velocity", velocity)];
    }

    public float LearningRate => (float)options.LearningRate;

    public IReadOnlyList<NamedTensor> State { get; }

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate)
    {
        BufferLengths.Require(count, parameters, gradients);
        Sweep.Over(count, new Kernel(parameters, gradients, square.Span, mean.Span, velocity.Span, options, learningRate));
    }

    private readonly ref struct Kernel(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> square, Span<float> mean, Span<float> velocity, RmsPropOptions options, float learningRate) : IKernel
    {
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly ref readonly float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float square = ref MemoryMarshal.GetReference(square);
        private readonly ref float mean = ref MemoryMarshal.GetReference(mean);
        private readonly ref float velocity = ref MemoryMarshal.GetReference(velocity);
        private readonly (bool Centered, bool Moving) uses = (options.Centered, options.Momentum > 0);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (decay, fresh) = (TLanes.All((float)options.Decay), TLanes.All((float)(1 - options.Decay)));
            var (penalty, epsilon) = (TLanes.All((float)options.WeightDecay), TLanes.All((float)options.Epsilon));
            var (minusRate, keep) = (TLanes.All(-learningRate), TLanes.All((float)options.Momentum));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var theta = TLanes.Load(ref parameters, at);
                var gradient = TLanes.MultiplyAdd(penalty, theta, TLanes.Load(in gradients, at));
                var spread = TLanes.FlushSubnormals(TLanes.MultiplyAdd(decay, TLanes.Load(ref square, at), fresh * gradient * gradient));
                spread.Store(ref square, at);
                if (uses.Centered)
                {
                    var centre = TLanes.FlushSubnormals(TLanes.MultiplyAdd(decay, TLanes.Load(ref mean, at), fresh * gradient));
                    centre.Store(ref mean, at);
                    spread = TLanes.Max(spread - centre * centre, TLanes.All(0));
                }

                var direction = gradient / (TLanes.Sqrt(spread) + epsilon);
                if (uses.Moving)
                {
                    direction = TLanes.FlushSubnormals(TLanes.MultiplyAdd(keep, TLanes.Load(ref velocity, at), direction));
                    direction.Store(ref velocity, at);
                }

                TLanes.MultiplyAdd(minusRate, direction, theta).Store(ref parameters, at);
            }
        }
    }
}
