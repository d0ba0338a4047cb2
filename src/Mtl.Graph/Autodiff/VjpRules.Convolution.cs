namespace Mtl.Graph.Autodiff;

internal static partial class VjpRules
{
    private static Dictionary<Op, VjpRule> Convolution => new()
    {
        [Op.Conv] = (g, n) => ForConv(
            n, Unconvolve(g, n.Inputs[1], n.Inputs[0].Shape, n.Attributes), WeightGradient(n.Inputs[0], g, n.Inputs[1], n.Attributes), g),
        [Op.ConvTranspose] = (g, n) => ForConv(n, Convolve(g, n.Inputs[1], n.Attributes), WeightGradient(g, n.Inputs[0], n.Inputs[1], n.Attributes), g),
        [Op.AveragePool] = (g, n) => [Unaverage(g, n)],
    };

    private static IReadOnlyList<Node?> ForConv(Node n, Node data, Node weight, Node g) =>
        n.Inputs.Count == 2 ? [data, weight] : [data, weight, g.ReduceSum([0, .. Enumerable.Range(2, g.Shape.Rank - 2)])];

    private static Node Convolve(Node x, Node weight, Attributes window) => Node.Apply(Op.Conv, Only(window), x, weight);

    /// <summary>What Conv does to gradients; the shape that went in says how much to add where the stride does not divide.</summary>
    private static Node Unconvolve(Node g, Node weight, Shape shape, Attributes window)
    {
        long[] strides = window.Ints("strides"), pads = window.Ints("pads"), kernel = window.Ints("kernel_shape"), dilations = window.Ints("dilations");
        var axes = strides.Length;
        var added = strides.Select((s, i) => s == 1
            ? 0
            : (shape[i + 2].Value + pads[i] + pads[i + axes] - dilations[i] * (kernel[i] - 1) - 1) % s).ToArray();
        var attributes = Attributes.Of(("kernel_shape", kernel), ("strides", strides), ("pads", pads), ("dilations", dilations), ("output_padding", added));
        return Node.Apply(Op.ConvTranspose, attributes, g, weight);
    }

    /// <summary>The gradient of the weight is the convolution of data and gradient with batch and channels exchanged, and stride and dilation too.</summary>
    private static Node WeightGradient(Node data, Node g, Node weight, Attributes window)
    {
        int[] exchanged = [1, 0, .. Enumerable.Range(2, data.Shape.Rank - 2)];
        var upstream = g.Transpose(exchanged);
        var attributes = Attributes.Of(
            ("kernel_shape", ConvolutionOperators.Kernel(upstream)),
            ("strides", window.Ints("dilations")),
            ("pads", window.Ints("pads")),
            ("dilations", window.Ints("strides")));
        var gradient = Node.Apply(Op.Conv, attributes, data.Transpose(exchanged), upstream).Transpose(exchanged);
        for (var axis = 2; axis < weight.Shape.Rank; axis++)
        {
            if (gradient.Shape[axis] != weight.Shape[axis]) gradient = gradient.Slice(axis, 0, weight.Shape[axis].Value);
        }

        return gradient;
    }

    private static Attributes Only(Attributes window) => Attributes.Of(
        ("kernel_shape", window.Ints("kernel_shape")), ("strides", window.Ints("strides")), ("pads", window.Ints("pads")), ("dilations", window.Ints("dilations")));

    /// <summary>ONNX's second output says where in the whole tensor each maximum came from.</summary>
    private static IReadOnlyList<Node?> MaxPoolRule(IReadOnlyList<Node?> g, Node n)
    {
        var x = n.Inputs[0];
        var count = n.Shape.Size;
        return g[0] is { } upstream
            ? [Node.Filled(0, [x.Shape.Size], x.ElementType, x).ScatterAdd(n.Outputs[1].Reshape([count, 1]), upstream.Reshape([count])).Reshape(x.Shape)]
            : [null];
    }

    /// <summary>Each channel by itself, through a kernel of equal numbers.</summary>
    private static Node Unaverage(Node g, Node n)
    {
        var x = n.Inputs[0].Shape;
        var kernel = n.Attributes.Ints("kernel_shape");
        Shape single = [1, 1, .. kernel];
        var mean = Node.Constant(TensorValue.Of(g.ElementType, single, [.. Enumerable.Repeat(1.0 / kernel.Aggregate((a, b) => a * b), (int)single.Size.Value)]));
        var window = Attributes.Of(
            ("kernel_shape", kernel), ("strides", n.Attributes.Ints("strides")), ("pads", n.Attributes.Ints("pads")),
            ("dilations", ConvolutionOperators.Repeat(1, kernel.Length)));
        Shape planes = [x[0] * x[1], 1, .. x.Slice(2, x.Rank)];
        return Unconvolve(g.Reshape([planes[0], 1, .. n.Shape.Slice(2, x.Rank)]), mean, planes, window).Reshape(x);
    }
}
