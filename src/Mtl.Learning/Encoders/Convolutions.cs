using Mtl.Graph;

namespace Mtl.Learning.Encoders;

/// <summary>
/// Convolutions as products: the elements under the kernel side by side (Pad, Slice, Concat), then one matrix product over all places. Forward and backward that is several times faster in ONNX
/// Runtime than Conv and its gradient. Channels come last.
/// </summary>
internal static class Convolutions
{
    /// <summary>The neighbourhood of each place along an axis, zeros beyond the ends: […, length, …, c] → […, length, …, kernel·c].</summary>
    public static Node Neighbours(this Node x, int axis, int kernel)
    {
        if (kernel == 1)
            return x;
        var before = (kernel - 1) / 2;
        var padded = x.Pad(axis, before, kernel - 1 - before);
        var length = x.Shape[axis].Value;
        return Enumerable.Range(0, kernel).Select(offset => padded.Slice(axis, offset, offset + length)).ToArray().Concat(x.Shape.Rank - 1);
    }

    /// <summary>The greatest of each 2 × 2 elements: [batch, h, w, c] → [batch, ⌈h/2⌉, ⌈w/2⌉, c]; a lone last row or column counts with zeros.</summary>
    public static Node HalvedByMaximum(this Node x) => x.HalvedByMaximum(1).HalvedByMaximum(2);

    private static Node HalvedByMaximum(this Node x, int axis)
    {
        var length = x.Shape[axis].Value;
        if (length == 1)
            return x;
        var even = length % 2 == 0 ? x : x.Pad(axis, 0, 1);
        var halved = even.Shape[axis].Value / 2;
        var rest = x.Shape.Slice(axis + 1, x.Shape.Rank).Size;
        var pairs = even.Reshape([.. x.Shape.Slice(0, axis), halved, 2, rest]).Split(axis + 1, 1, 1);
        return pairs[0].Max(pairs[1]).Reshape([.. x.Shape.Slice(0, axis), halved, .. x.Shape.Slice(axis + 1, x.Shape.Rank)]);
    }
}
