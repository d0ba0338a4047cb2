namespace Mtl.Graph.Autodiff;

/// <summary>
/// Which operators compute every row of the batch from the same row of their inputs alone: a table of conditions. A tensor has the batch's rows where its first dimension is the batch's, or a multiple of it (the words of
/// each row one after another); all others are the same for every row.
/// </summary>
internal sealed class RowWise(Dimension batch)
{
    /// <summary>Beside the elementwise ones, operators that give a part of their output when applied to that part of their inputs' rows: no input of theirs holds the shape of the whole batch.</summary>
    private static readonly HashSet<Op> Divisible = [Op.MatMul, Op.Gemm, Op.Gather, Op.Conv, Op.LayerNormalization];

    public bool HasRows(Node node) => node.Shape.Rank > 0 && node.Shape[0] is { IsKnown: false, Offset: 0 } first && first.Symbol == batch.Symbol;

    /// <summary>Whether a node that has the batch's rows, and whose inputs on the way do too or are the same for every row, computes each row from the same row.</summary>
    public bool Computes(Node node) => node.Op is Op.Reshape or Op.Squeeze or Op.Unsqueeze || (node.Inputs.All(input => !HasRows(input) || input.Shape[0] == node.Shape[0]) && KeepsApart(node));

    /// <summary>Whether such a node can be made of some of the rows.</summary>
    public static bool CanBeDivided(Node node) => VjpRules.IsElementwise(node.Op) || Divisible.Contains(node.Op);

    /// <summary>A node that has the batch's rows in parts.</summary>
    /// <param name="node">Which.</param>
    /// <param name="partsOf">Cuts a node whose first dimension is the batch's.</param>
    public IReadOnlyList<Node> PartsOf(Node node, Func<Node, IReadOnlyList<Node>> partsOf)
    {
        if (node.Shape[0] == batch)
            return partsOf(node);
        var (each, row) = (node.Shape[0] / batch, node.Shape.Slice(1, node.Shape.Rank));
        return [.. partsOf(node.Reshape([batch, each, .. row])).Select(part => part.Reshape([part.Shape[0] * each, .. row]))];
    }

    private bool KeepsApart(Node node) => node.Op switch
    {
        var op when VjpRules.IsElementwise(op) || op is Op.Expand => node.Inputs.All(input => !HasRows(input) || input.Shape.Rank == node.Shape.Rank),
        Op.MatMul => HasRows(node.Inputs[0]) && node.Inputs[0].Shape.Rank == node.Shape.Rank && (!HasRows(node.Inputs[1]) || (node.Shape.Rank > 2 && node.Inputs[1].Shape.Rank == node.Shape.Rank)),
        Op.Gemm => HasRows(node.Inputs[0]) && !node.Attributes.Flag("transA") && !HasRows(node.Inputs[1]) && (node.Inputs.Count == 2 || !HasRows(node.Inputs[2]) || node.Inputs[2].Shape.Rank == 2),
        Op.Gather => HasRows(node.Inputs[0]) ? !HasRows(node.Inputs[1]) && AxisOf(node) > 0 : HasRows(node.Inputs[1]) && AxisOf(node) == 0,
        Op.Softmax or Op.LogSoftmax or Op.LayerNormalization or Op.Concat => AxisOf(node) > 0,
        Op.Transpose => node.Attributes.Ints("perm")[0] == 0,
        Op.Split or Op.Slice or Op.Pad or Op.Conv or Op.AveragePool or Op.MaxPool or Op.ReduceSum or Op.ReduceMean or Op.ReduceMax or Op.ReduceLogSumExp => true,
        _ => false,
    };

    private static int AxisOf(Node node) => node.Inputs[0].Shape.Axis(node.Attributes.Int("axis"))!.Value;
}
