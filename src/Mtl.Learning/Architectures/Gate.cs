using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>Gates: weights that each row gives to several states of one shape, and the states mixed by them.</summary>
internal static class Gate
{
    /// <summary>A state as one vector per row, [batch, n], for a gate to look at: all axes but the batch joined, those of unknown length averaged before.</summary>
    public static Node Input(Node state)
    {
        int[] open = [.. Enumerable.Range(1, state.Shape.Rank - 1).Where(axis => !state.Shape[axis].IsKnown)];
        var known = open.Length == 0 ? state : state.ReduceMean(open);
        return known.Shape.Rank == 2 ? known : known.Flatten();
    }

    /// <summary>softmax((x·W + b)/τ): weights of <paramref name="choices"/> states, [batch, choices], each row's sum 1.</summary>
    public static Node Softmax(ModelScope scope, Node input, int choices, double temperature = 1) => (scope.Linear(input, choices) * (1 / temperature)).Softmax();

    /// <summary>Σₖ wₖ·stateₖ, in the states' shape [batch, …].</summary>
    /// <param name="weights">[batch, states], or [1, states] for the same in every row.</param>
    /// <param name="states">Of one shape.</param>
    public static Node Mix(Node weights, IReadOnlyList<Node> states)
    {
        var columns = weights.Split(1, [.. states.Select(_ => 1L)]);
        return columns.Zip(states, (column, state) => column.Reshape([column.Shape[0], .. Enumerable.Repeat((Dimension)1, state.Shape.Rank - 1)]) * state).ToArray().Sum();
    }
}
