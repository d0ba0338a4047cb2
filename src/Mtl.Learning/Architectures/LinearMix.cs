using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>States of one shape mixed by a matrix that is the same for every row of the batch, in one product.</summary>
internal static class LinearMix
{
    /// <summary>outᵢ = Σⱼ weightsᵢⱼ·statesⱼ, each in the states' shape.</summary>
    /// <param name="weights">[outputs, states].</param>
    /// <param name="states">[batch, …] each.</param>
    public static IReadOnlyList<Node> Of(Node weights, IReadOnlyList<Node> states)
    {
        var shape = states[0].Shape;
        var mixed = weights.MatMul(states.Select(state => state.Reshape([1, shape.Size])).ToArray().Concat(0));
        return [.. RowsOf(mixed).Select(row => row.Reshape(shape))];
    }

    /// <summary>States side by side, [batch, states, numbers of a row's state]: one node to take some rows of.</summary>
    public static Node Stacked(IReadOnlyList<Node> states) => states.Select(state => state.Reshape([state.Shape[0], 1, state.Shape.Size / state.Shape[0]])).ToArray().Concat(1);

    /// <summary>A matrix's rows, [1, columns] each.</summary>
    public static IReadOnlyList<Node> RowsOf(Node weights) => weights.Split(0, [.. Enumerable.Repeat(1L, (int)weights.Shape[0].Value)]);

    /// <summary>Σⱼ weightsⱼ·statesⱼ for some rows.</summary>
    /// <param name="weights">[1, states].</param>
    /// <param name="stacked">Rows of <see cref="Stacked"/>.</param>
    /// <param name="shape">Of a state; its first dimension is the rows'.</param>
    public static Node Of(Node weights, Node stacked, Shape shape) => weights.MatMul(stacked).Reshape(shape.With(0, stacked.Shape[0]));

    /// <summary>outᵢ = states[choicesᵢ], each in the states' shape.</summary>
    /// <param name="choices">Int64 [outputs].</param>
    /// <param name="states">[batch, …] each.</param>
    public static IReadOnlyList<Node> Pick(Node choices, IReadOnlyList<Node> states)
    {
        var shape = states[0].Shape;
        var picked = states.Select(state => state.Reshape([1, shape.Size])).ToArray().Concat(0).Gather(choices);
        return [.. picked.Split(0, [.. Enumerable.Repeat(1L, (int)choices.Shape[0].Value)]).Select(row => row.Reshape(shape))];
    }
}
