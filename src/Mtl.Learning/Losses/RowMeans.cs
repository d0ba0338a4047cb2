using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>One number for each row.</summary>
internal static class RowMeans
{
    /// <summary>The mean over a row's columns, [rows, n] → [rows, 1].</summary>
    public static Node RowMean(this Node x) => x.Shape[1] == 1 ? x : x.ReduceMean([1], keep: true);

    /// <summary>The sum over a row's columns, [rows, n] → [rows, 1].</summary>
    public static Node RowSum(this Node x) => x.Shape[1] == 1 ? x : x.ReduceSum([1], keep: true);

    /// <summary>Labels as [rows, classes] of 0 and 1: as given for one or several labels, one-hot from a class's index.</summary>
    public static Node Indicators(Node output, Node target)
    {
        var classes = (int)output.Shape[1].Value;
        return target.Shape[1] == classes
            ? target
            : target.Equal(Node.Constant(TensorValue.Of([1, classes], [.. Enumerable.Range(0, classes).Select(index => (float)index)]))).Cast(ElementType.Float);
    }

    /// <summary>Whether a row is a text: [batch, words] of tags and as many outputs for each word as there are tags.</summary>
    public static bool IsSequence(Node output, Node target) => target.Shape[1] != 1 && output.Shape[1] != target.Shape[1];

    /// <summary>Whether exactly one of several classes is true, so that the outputs compete in a softmax.</summary>
    public static bool IsExclusive(Node output, Node target) => output.Shape[1] != 1 && target.Shape[1] == 1;
}
