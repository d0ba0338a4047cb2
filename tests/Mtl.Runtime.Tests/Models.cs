namespace Mtl.Runtime.Tests;

/// <summary>Models the tests run.</summary>
internal static class Models
{
    /// <summary>Two layers and the sum of their outputs: <c>y = relu(x·w1 + b1)·w2</c>, <c>[batch, inputs] → [batch, 1]</c>.</summary>
    public static byte[] TwoLayers(int inputs, int width) => Onnx.Model(
        ["p = MatMul x w1", "q = Add p b1", "h = Relu q", "y = MatMul h w2", "loss = ReduceMean y"],
        [$"x Float batch {inputs}", $"w1 Float {inputs} {width}", $"b1 Float {width}", $"w2 Float {width} 1"],
        ["y Float batch 1", "loss Float 1 1"]);

    /// <summary>A raw numeric and a raw text column, as preprocessing takes them.</summary>
    public static byte[] Columns() => Onnx.Model(
        ["copied = Identity city", "same = Equal age age", "doubled = Add age age"],
        ["age Float batch 1", "city String batch 1"],
        ["doubled Float batch 1", "same Bool batch 1", "copied String batch 1"]);

    public static Executable Load(byte[] onnx, ExecutableOptions? options = null, string name = "m") => Executable.Load(onnx, name, options).Value;
}
