namespace Mtl.Graph.Autodiff;

/// <summary>
/// Reverse-mode differentiation: gradients as nodes of the same graph language, so they can be run, exported and differentiated again. What is built
/// is limited to the paths between the outputs and what is differentiated for.
/// </summary>
public static class Gradient
{
    /// <summary>∂scalar/∂w for each w, in w's shape; zeros where the scalar does not depend on w.</summary>
    /// <param name="scalar">A single number of a floating-point type, such as a loss.</param>
    /// <param name="wrt">Floating-point nodes: parameters, inputs, or values computed on the way.</param>
    /// <param name="given">
    /// Computed nodes that are taken as they are: nothing flows on to what they were computed from, so where they are among <paramref name="wrt"/>, each one's gradient leaves out what it does through
    /// the others.
    /// </param>
    /// <exception cref="GraphException">The node is no scalar, or an operator on the way has no gradient rule.</exception>
    public static IReadOnlyList<Node> Of(Node scalar, IReadOnlyList<Node> wrt, IReadOnlyCollection<Node>? given = null)
    {
        if (scalar.Shape.Rank != 0)
            throw new GraphException($"Only a scalar has a gradient, but this is {scalar}; sum or average it first, or give the upstream gradient (Gradient.Pullback).");
        var gradients = Pullback([scalar], [scalar.Like(1)], wrt, given);
        return [.. gradients.Select((g, i) => g ?? wrt[i].ZerosLike())];
    }

    /// <summary>
    /// The vector-Jacobian products Σₖ upstreamₖᵀ·∂outputₖ/∂w for each w, in w's shape; null where no output depends on w.
    /// </summary>
    /// <param name="outputs">Floating-point nodes.</param>
    /// <param name="upstream">What flows back into each, in its shape or one that broadcasts to it.</param>
    /// <param name="wrt">As in <see cref="Of"/>.</param>
    /// <param name="given">As in <see cref="Of"/>.</param>
    /// <exception cref="GraphException">An upstream gradient has another shape or type than its output, or an operator has no gradient rule.</exception>
    public static IReadOnlyList<Node?> Pullback(IReadOnlyList<Node> outputs, IReadOnlyList<Node> upstream, IReadOnlyList<Node> wrt, IReadOnlyCollection<Node>? given = null)
    {
        if (outputs.Count != upstream.Count)
            throw new GraphException($"Each output needs its upstream gradient; there are {outputs.Count} outputs and {upstream.Count} gradients.");
        for (var i = 0; i < outputs.Count; i++)
        {
            if (!outputs[i].IsFloating || upstream[i].ElementType != outputs[i].ElementType || !upstream[i].Shape.BroadcastsTo(outputs[i].Shape))
                throw new GraphException($"The upstream gradient {upstream[i]} does not fit the output {outputs[i]}.");
        }

        if (wrt.FirstOrDefault(w => !w.IsFloating) is { } wrong)
            throw new GraphException($"Gradients exist for Float and Double only, not for {wrong}.");
        return new ReverseWalk(outputs, wrt, given ?? []).Run(outputs, upstream, wrt);
    }

    /// <summary>The Hessian-vector product ∂(∂scalar/∂w · v)/∂w, exact, at about twice the gradient's cost.</summary>
    /// <param name="scalar">A single number.</param>
    /// <param name="wrt">What to differentiate for, twice.</param>
    /// <param name="vector">The direction: one node for each of <paramref name="wrt"/>, in its shape.</param>
    public static IReadOnlyList<Node> HessianVector(Node scalar, IReadOnlyList<Node> wrt, IReadOnlyList<Node> vector)
    {
        if (wrt.Count != vector.Count) throw new GraphException($"Each of {wrt.Count} nodes needs its part of the direction; there are {vector.Count}.");
        var products = Of(scalar, wrt).Zip(vector, (g, v) => (g * v).ReduceSum()).ToArray();
        return Of(products.Sum(), wrt);
    }
}
