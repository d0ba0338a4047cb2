using Mtl.Learning.State;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// A rule that turns gradients into a parameter update, over flat buffers. Made for a fixed number of parameters; not thread-safe; allocates nothing per step.
/// A gradient that is not finite spoils parameters and state as the formula says: whoever steps checks the loss first.
/// </summary>
public interface IOptimizer : IStateful
{
    /// <summary>The base learning rate of its options, which a schedule scales.</summary>
    float LearningRate { get; }

    /// <summary>One update, in place.</summary>
    /// <param name="parameters">[count]; not the same memory as the gradients.</param>
    /// <param name="gradients">[count], of the loss with respect to the parameters.</param>
    /// <param name="learningRate">This step's rate.</param>
    /// <exception cref="ArgumentException">A length is not the count that the optimiser was made for.</exception>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate);
}

/// <summary>Makes an optimiser for a number of parameters.</summary>
public delegate IOptimizer MakeOptimizer(int parameterCount);
