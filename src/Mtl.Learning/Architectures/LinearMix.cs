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
        return [.. mixed.Split(0, [.. Enumerable.Repeat(1L, (int)weights.Shape[0].Value)]).Select(row => row.Reshape(shape))];
    }

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
