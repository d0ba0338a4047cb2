namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Convolution => new()
    {
        [Op.Conv] = new([T(Floating), T(Floating), T(Floating)], c => One(c.Type, Convolved(c))) { Required = 2 },
        [Op.ConvTranspose] = new([T(Floating), T(Floating), T(Floating)], c => One(c.Type, Unconvolved(c))) { Required = 2 },
        [Op.MaxPool] = new([T(Floating)], c => Pooled(c) is var shape ? [new(c.Type, shape), new(ElementType.Int64, shape)] : []),
        [Op.AveragePool] = new([T(Floating)], c => One(c.Type, Pooled(c))),
    };

    private static Shape Convolved(Call c)
    {
        Shape x = c[0], weight = Weight(c, channels: 1);
        CheckBias(c, weight[0]);
        return [x[0], weight[0], .. Windows(c)];
    }

    private static Shape Unconvolved(Call c)
    {
        Shape x = c[0], weight = Weight(c, channels: 0);
        CheckBias(c, weight[1]);
        long[] strides = c.Attributes.Ints("strides"), pads = c.Attributes.Ints("pads"), added = c.Attributes.Ints("output_padding");
        var axes = x.Rank - 2;
        return [x[0], weight[1], .. Enumerable.Range(0, axes).Select(i => (x[i + 2] - 1) * strides[i] + Span(c, i) + added[i] - pads[i] - pads[i + axes])];
    }

    private static Shape Weight(Call c, int channels)
    {
        Shape x = c[0], weight = c[1];
        if (x.Rank < 3 || weight.Rank != x.Rank) return c.Fail<Shape>("the data must be [batch, channels, …] with one or more axes to move along, the weight as many dimensions");
        return x[1] == weight[channels] ? weight : c.Fail<Shape>($"the data has {x[1]} channels, the weight takes {weight[channels]}");
    }

    private static void CheckBias(Call c, Dimension channels)
    {
        if (c.Inputs.Length == 3 && !c[2].Equals([channels])) c.Fail<Shape>($"the bias must be [{channels}]");
    }

    private static Shape Pooled(Call c) => c[0].Rank == c.Attributes.Ints("kernel_shape").Length + 2
        ? [c[0][0], c[0][1], .. Windows(c)]
        : c.Fail<Shape>("the data must be [batch, channels, …] with one axis for each of the kernel's");

    /// <summary>How many windows fit along each axis.</summary>
    private static IEnumerable<Dimension> Windows(Call c)
    {
        long[] strides = c.Attributes.Ints("strides"), pads = c.Attributes.Ints("pads");
        for (var i = 0; i < strides.Length; i++)
        {
            var room = c[0][i + 2] + pads[i] + pads[i + strides.Length] - Span(c, i);
            if (room is { IsKnown: true, Value: < 0 }) c.Fail<Shape>($"the window spans {Span(c, i)} elements, more than axis {i + 2} has with its padding");
            yield return (room.IsKnown ? room.Value / strides[i] : room / strides[i]) + 1;
        }
    }

    /// <summary>The number of elements from a window's first to its last.</summary>
    private static long Span(Call c, int axis) =>
        (c.Attributes.Has("dilations") ? c.Attributes.Ints("dilations")[axis] : 1) * (c.Attributes.Ints("kernel_shape")[axis] - 1) + 1;
}
