using Mtl.Learning.State;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// A rule that turns gradients into parameter updates, over flat buffers: an <see cref="IGradientOptimizer"/> or an <see cref="IFullBatchOptimizer"/>. Made for a fixed number of
/// parameters; not thread-safe; allocates nothing per step.
/// </summary>
public interface IOptimizer : IStateful
{
    /// <summary>The base learning rate of its options, which a schedule scales.</summary>
    float LearningRate { get; }
}

/// <summary>Makes an optimiser for a number of parameters.</summary>
public delegate IOptimizer MakeOptimizer(int parameterCount);
