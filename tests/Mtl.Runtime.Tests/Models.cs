using Mtl.Graph;
using Mtl.Graph.Onnx;

namespace Mtl.Runtime.Tests;

/// <summary>Models the tests run.</summary>
internal static class Models
{
    /// <summary>Two layers and the mean of their outputs: <c>y = relu(x·w1 + b1)·w2</c>, <c>[batch, inputs] → [batch, 1]</c>.</summary>
    public static byte[] TwoLayers(int inputs, int width)
    {
        var x = Input("x", "batch", inputs);
        var y = x.Dense(Node.Parameter("w1", [inputs, width]), Node.Parameter("b1", [width])).Relu().Dense(Node.Parameter("w2", [width, 1]));
        return Of(("y", y), ("loss", y.ReduceMean(keep: true)));
    }

    /// <summary>A raw numeric and a raw text column, as preprocessing takes them.</summary>
    public static byte[] Columns()
    {
        var age = Input("age", "batch", 1);
        var city = Node.Input("city", ElementType.String, ["batch", 1]);
        return OnnxModel.Write(ComputationGraph.Of([("doubled", age + age), ("same", age.Equal(age)), ("copied", city.Identity())], [age, city]));
    }

    /// <summary><c>y = x + x</c></summary>
    public static byte[] Doubled(params Dimension[] shape)
    {
        var x = Input("x", shape);
        return Of(("y", x + x));
    }

    public static Node Input(string name, params Dimension[] shape) => Node.Input(name, ElementType.Float, Shape.Of(shape));

    public static byte[] Of(params (string Name, Node Node)[] outputs) => OnnxModel.Write(ComputationGraph.Of(outputs));

    public static Executable Load(byte[] onnx, ExecutableOptions? options = null, string name = "m") => Executable.Load(onnx, name, options).Value;

    /// <summary>The model with a piece of its bytes exchanged: what the graph language refuses to write.</summary>
    public static byte[] Exchange(byte[] onnx, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var copy = (byte[])onnx.Clone();
        for (int at; (at = copy.AsSpan().IndexOf(from)) >= 0;)
        {
            to.CopyTo(copy.AsSpan(at));
        }

        return copy;
    }
}
