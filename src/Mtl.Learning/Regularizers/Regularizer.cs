using Mtl.Core;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Regularizers;

/// <summary>
/// A term of R(θ) in the objective J = Σ λₜLₜ + R. A smooth one is a node, so its gradient is the graph's; one with kinks (L1, row norms, the trace norm) is kept out of the gradient and applied by its
/// proximal operator after each optimiser step, θ ← argmin ‖θ′ − θ‖²/(2η) + R(θ′) with the step's learning rate η, which gives exact zeros. Several with kinks are applied one after the other. Under an
/// optimiser that scales its steps per parameter the proximal step is that of the unscaled rate. Source: Parikh and Boyd, "Proximal Algorithms", 2014, section 4.2. Immutable.
/// </summary>
public abstract class Regularizer
{
    /// <summary>Whether it joins parameters of several tasks in one term, so that no task is trained for itself.</summary>
    public virtual bool TiesTasks => false;

    /// <summary>Whether it is a node; otherwise a proximal step.</summary>
    public virtual bool IsSmooth => true;

    /// <summary>What keeps it from being used with a model; null when nothing does.</summary>
    public virtual Error? Refuse(RegularizedWeights weights) => null;

    /// <summary>The terms of a smooth one, scalars that it is the sum of: one by one where they have nothing to do with each other.</summary>
    public virtual IEnumerable<Node> Terms(RegularizedWeights weights) => throw new InvalidOperationException($"{GetType().Name} is no node.");

    /// <summary>The value of one with kinks.</summary>
    /// <param name="weights">Which parameters.</param>
    /// <param name="model">Where they lie.</param>
    /// <param name="parameters">The flat parameters.</param>
    public virtual double Value(RegularizedWeights weights, Model model, ReadOnlySpan<float> parameters) => throw new InvalidOperationException($"{GetType().Name} is smooth.");

    /// <summary>The proximal step of one with kinks, in place.</summary>
    /// <param name="weights">Which parameters.</param>
    /// <param name="model">Where they lie.</param>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="rate">η.</param>
    public virtual void Shrink(RegularizedWeights weights, Model model, Span<float> parameters, double rate) => throw new InvalidOperationException($"{GetType().Name} is smooth.");
}

/// <summary>Makes a regulariser for tasks of these names, or says why its options do not suit them.</summary>
public delegate Result<Regularizer> MakeRegularizer(IReadOnlyList<string> tasks);
