namespace Mtl.Graph;

/// <summary>Windows that move over series [batch, channels, length] and images [batch, channels, height, width]; settings are equal for all axes.</summary>
public static class ConvolutionOperators
{
    /// <summary>
    /// Convolution (ONNX's, which does not flip the kernel): [batch, in, …] with a weight [out, in, kernel, …] and a bias [out] → [batch, out, …], each
    /// axis ⌊(length + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1 long. ONNX Runtime computes it in Float only.
    /// </summary>
    public static Node Conv(this Node x, Node weight, Node? bias = null, int stride = 1, int padding = 0, int dilation = 1)
    {
        var kernel = Kernel(weight);
        var attributes = Window(kernel, stride, padding, dilation);
        return bias is null ? Node.Apply(Op.Conv, attributes, x, weight) : Node.Apply(Op.Conv, attributes, x, weight, bias);
    }

    /// <summary>The largest element of each window: [batch, channels, …] → [batch, channels, …]. The stride is the kernel unless given.</summary>
    public static Node MaxPool(this Node x, int kernel, int? stride = null, int padding = 0) =>
        Node.ApplyMany(Op.MaxPool, Window(Repeat(kernel, x.Shape.Rank - 2), stride ?? kernel, padding, 1), x)[0];

    /// <summary>The mean of each window, padding counted as zeros. The stride is the kernel unless given.</summary>
    public static Node AveragePool(this Node x, int kernel, int? stride = null, int padding = 0)
    {
        var axes = x.Shape.Rank - 2;
        return Node.Apply(
            Op.AveragePool,
            Attributes.Of(
                ("kernel_shape", Repeat(kernel, axes)), ("strides", Repeat(stride ?? kernel, axes)), ("pads", Repeat(padding, 2 * axes)), ("count_include_pad", 1)),
            x);
    }

    internal static long[] Kernel(Node weight) => weight.Shape.Slice(2, Math.Max(2, weight.Shape.Rank)).Values;

    internal static long[] Repeat(long value, int count) => [.. Enumerable.Repeat(value, Math.Max(0, count))];

    private static Attributes Window(long[] kernel, int stride, int padding, int dilation) => Attributes.Of(
        ("kernel_shape", kernel),
        ("strides", Repeat(stride, kernel.Length)),
        ("pads", Repeat(padding, 2 * kernel.Length)),
        ("dilations", Repeat(dilation, kernel.Length)));
}
