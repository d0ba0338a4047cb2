namespace Mtl.Learning.Optimizers;

/// <summary>
/// An optimiser whose step looks at the whole training set, as often as it needs to: it is given the objective rather than a gradient, and an epoch is one step.
/// </summary>
public interface IFullBatchOptimizer : IOptimizer
{
    /// <summary>Why there is nothing left to do; null while there is. Part of the state.</summary>
    OptimizerEnd? End { get; }

    /// <summary>One iteration, in place. When the objective is not finite where the step begins, nothing is changed.</summary>
    /// <param name="parameters">[count]; trial points are written here too.</param>
    /// <param name="objective">The same function at every step.</param>
    /// <param name="learningRate">This step's rate; for methods with a line search, the first step length tried.</param>
    /// <exception cref="ArgumentException">The length is not the count that the optimiser was made for.</exception>
    void Step(Span<float> parameters, Objective objective, float learningRate);
}

/// <summary>A function to be minimised.</summary>
/// <param name="parameters">[count], where to evaluate it.</param>
/// <param name="gradients">[count], overwritten with its gradient there.</param>
/// <returns>Its value; may be infinite or no number.</returns>
public delegate double Objective(ReadOnlySpan<float> parameters, Span<float> gradients);

/// <summary>How an optimiser came to its end before the last epoch.</summary>
/// <param name="IsConverged">Whether its tolerance is met; otherwise it could get no further.</param>
/// <param name="Message">A sentence for the run's log.</param>
public sealed record OptimizerEnd(bool IsConverged, string Message);
