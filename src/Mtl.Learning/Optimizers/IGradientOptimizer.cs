namespace Mtl.Learning.Optimizers;

/// <summary>
/// An optimiser that takes one gradient per step, of a batch. A gradient that is not finite spoils parameters and state as the formula says: whoever steps checks the loss first.
/// </summary>
public interface IGradientOptimizer : IOptimizer
{
    /// <summary>One update, in place.</summary>
    /// <param name="parameters">[count]; not the same memory as the gradients.</param>
    /// <param name="gradients">[count], of the loss with respect to the parameters.</param>
    /// <param name="learningRate">This step's rate.</param>
    /// <exception cref="ArgumentException">A length is not the count that the optimiser was made for.</exception>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float learningRate);
}
