using Mtl.Testing.Graphs;

namespace Mtl.Graph.Tests;

/// <summary>
/// Every operator that has a gradient, against differences in float64, first and second order: one line each. Kinks (at 0, at equal values, at bounds) are
/// kept out of the samples' reach.
/// </summary>
public class OperatorGradientTests
{
    private static readonly Sample Positive = new([2, 3], 0.5, 2), Negative = new([2, 3], -2, -0.5), Matrix = new([2, 3]), Row = new([3]), Column = new([2, 1]);
    private static readonly Node Rows = Node.Constant(TensorValue.Of([2, 2], 0L, 2L, 2L, 1L)), Mask = Node.Constant(TensorValue.Of([2, 3], true, false, true, false, false, true));

    private static readonly Dictionary<string, (Func<IReadOnlyList<Node>, Node> Function, Sample[] At)> Checks = new()
    {
        ["Add"] = (x => x[0] + x[1], [Matrix, Matrix]),
        ["Add, row broadcast"] = (x => x[0] + x[1], [Matrix, Row]),
        ["Add, column broadcast"] = (x => x[0] + x[1], [Column, Matrix]),
        ["Add, scalar broadcast"] = (x => x[0] + x[1], [Matrix, new([])]),
        ["Add, both broadcast"] = (x => x[0] + x[1], [Column, Row]),
        ["Add, a constant twice"] = (x => x[0] + 2 + x[0] + 3, [Matrix]),
        ["Sub"] = (x => x[0] - x[1] * 3, [Matrix, Row]),
        ["Mul"] = (x => x[0] * x[1], [Matrix, Column]),
        ["Mul, of itself"] = (x => x[0] * x[0], [Matrix]),
        ["Div"] = (x => x[0] / x[1], [Matrix, Positive]),
        ["Div, by a row"] = (x => x[0] / x[1], [Matrix, new([3], 1, 2)]),
        ["Neg"] = (x => -(x[0] * x[0]), [Matrix]),
        ["Sum"] = (x => new[] { x[0], x[1] * x[0], x[2] }.Sum(), [Matrix, Row, Column]),
        ["Pow"] = (x => x[0].Pow(x[1]), [Positive, new([3], 1, 3)]),
        ["Pow, fixed"] = (x => x[0].Pow(2.5), [Positive]),
        ["Max"] = (x => x[0].Max(x[1]) * x[0], [Positive, new([2, 3], -1, 0.4)]),
        ["Max, the other"] = (x => x[0].Max(x[1]) * x[0], [Negative, Positive]),
        ["Min"] = (x => x[0].Min(x[1]) * x[1], [Positive, Negative]),
        ["Exp"] = (x => x[0].Exp(), [Matrix]),
        ["Log"] = (x => x[0].Log(), [Positive]),
        ["Sqrt"] = (x => x[0].Sqrt(), [Positive]),
        ["Abs"] = (x => x[0].Abs() * x[0], [Negative]),
        ["Clip"] = (x => x[0].Clip(-3, 3) * x[0], [Matrix]),
        ["Clip, outside"] = (x => x[0].Clip(-0.4, 0.4) * x[0], [Positive]),
        ["Where"] = (x => Mask.Where(x[0].Square(), x[1] * 2), [Matrix, Row]),
        ["Identity"] = (x => x[0].Square().Identity(), [Matrix]),
        ["Relu"] = (x => x[0].Relu() * x[0], [Positive]),
        ["Relu, off"] = (x => x[0].Relu() * x[0], [Negative]),
        ["Sigmoid"] = (x => x[0].Sigmoid(), [Matrix]),
        ["Tanh"] = (x => x[0].Tanh(), [Matrix]),
        ["Softplus"] = (x => x[0].Softplus(), [Positive]),
        ["Elu"] = (x => x[0].Elu(0.7), [Negative]),
        ["LeakyRelu"] = (x => x[0].LeakyRelu(0.1) * x[0], [Negative]),
        ["HardSigmoid"] = (x => x[0].HardSigmoid(0.2, 0.5) * x[0], [Matrix]),
        ["GeluTanh"] = (x => x[0].GeluTanh(), [Matrix]),

        ["MatMul"] = (x => x[0].MatMul(x[1]), [Matrix, new([3, 4])]),
        ["MatMul, vector left"] = (x => x[0].MatMul(x[1]), [Row, new([3, 2])]),
        ["MatMul, vector right"] = (x => x[0].MatMul(x[1]), [Matrix, Row]),
        ["MatMul, vectors"] = (x => x[0].MatMul(x[1]), [Row, Row]),
        ["MatMul, batched"] = (x => x[0].MatMul(x[1]), [new([2, 2, 3]), new([2, 3, 2])]),
        ["MatMul, batches broadcast"] = (x => x[0].MatMul(x[1]), [new([2, 2, 2]), new([1, 2, 2])]),
        ["MatMul, many rows, one matrix"] = (x => x[0].MatMul(x[1]), [new(["batch", 2, 3]), new([3, 2])]),
        ["Gemm"] = (x => x[0].Gemm(x[1], x[2]), [Matrix, new([3, 4]), new([4])]),
        ["Gemm, transA"] = (x => x[0].Gemm(x[1], x[2], transA: true, alpha: 0.5, beta: 2), [new([3, 2]), new([3, 4]), new([2, 4])]),
        ["Gemm, transB"] = (x => x[0].Gemm(x[1], x[2], transB: true, alpha: 0.5), [Matrix, new([4, 3]), new([2, 1])]),
        ["Gemm, transA and transB"] = (x => x[0].Gemm(x[1], transA: true, transB: true), [new([3, 2]), new([4, 3])]),
        ["Gemm, accumulated"] = (x => x[0].Gemm(x[1]) * x[0].Gemm(x[2]) + x[0].ReduceSum(), [new(["batch", 3]), new([3, 2]), new([3, 2])]),
        ["Dense, symbolic batch"] = (x => x[0].Dense(x[1], x[2]).Tanh(), [new(["batch", 3]), new([3, 2]), new([2])]),
        ["Dense, sequences"] = (x => x[0].Dense(x[1], x[2]).Tanh(), [new(["batch", "time", 3]), new([3, 2]), new([2])]),
        ["Transpose"] = (x => x[0].Transpose(2, 0, 1).Square(), [new([2, 3, 2])]),
        ["LayerNormalization"] = (x => x[0].LayerNormalization(x[1], x[2]), [new(["batch", 4]), new([4], 0.5, 2), new([4])]),

        ["ReduceSum"] = (x => x[0].Square().ReduceSum(), [Matrix]),
        ["ReduceSum, axis"] = (x => x[0].Square().ReduceSum([1]), [Matrix]),
        ["ReduceSum, kept"] = (x => x[0].Square().ReduceSum([-2], keep: true), [Matrix]),
        ["ReduceMean"] = (x => x[0].Square().ReduceMean(), [Matrix]),
        ["ReduceMean, symbolic batch"] = (x => x[0].Square().ReduceMean(), [new(["batch", 3])]),
        ["ReduceMean, axis"] = (x => x[0].Square().ReduceMean([0]), [new(["batch", 3])]),
        ["ReduceMax"] = (x => x[0].ReduceMax([1]) * x[1], [Matrix, new([2])]),
        ["ReduceLogSumExp"] = (x => x[0].ReduceLogSumExp([1]), [Matrix]),
        ["ReduceLogSumExp, all"] = (x => x[0].ReduceLogSumExp(keep: true), [Matrix]),
        ["Softmax"] = (x => x[0].Softmax(), [Matrix]),
        ["Softmax, first axis"] = (x => x[0].Softmax(0), [Matrix]),
        ["LogSoftmax"] = (x => x[0].LogSoftmax(), [Matrix]),

        ["Reshape"] = (x => x[0].Reshape([3, 2]).Square(), [Matrix]),
        ["Reshape, symbolic batch"] = (x => x[0].Reshape(["batch", 3, 2]).Square(), [new(["batch", 6])]),
        ["Reshape, two symbols"] = (x => x[0].Transpose(1, 0, 2).Reshape(["time", "batch", 2, 1]).Square(), [new(["batch", "time", 2])]),
        ["Flatten"] = (x => x[0].Flatten().Square(), [new(["batch", 2, 2])]),
        ["Squeeze and Unsqueeze"] = (x => x[0].Unsqueeze(0, 2).Square().Squeeze(0), [Matrix]),
        ["Expand"] = (x => x[0].Expand([2, 2, 3]).Square(), [Matrix]),
        ["Expand, row"] = (x => x[0].Expand([4, 3]).Square(), [Row]),
        ["Concat"] = (x => new[] { x[0], x[1].Square() }.Concat(1).Square(), [Matrix, Column]),
        ["Concat, symbolic axis"] = (x => new[] { x[0], x[1].Square() }.Concat(0).Square(), [new(["batch", 2]), new([2, 2])]),
        ["Split"] = (x => x[0].Split(1, 1, 2) is var p ? p[0] * p[1] : x[0], [Matrix]),
        ["Split, one part unused"] = (x => x[0].Split(1, 1, 2)[1].Square(), [Matrix]),
        ["Slice"] = (x => x[0].Slice(1, 1).Square(), [Matrix]),
        ["Slice, from the end"] = (x => x[0].Slice(0, -2, -1).Square(), [new(["batch", 2])]),
        ["Pad"] = (x => x[0].Pad(1, 1, 2).Square(), [Matrix]),
        ["Pad, symbolic"] = (x => x[0].Pad(0, 1, 2).Square(), [new(["batch", 2])]),
        ["Tile"] = (x => x[0].Tile(2, 3).Square(), [Matrix]),
        ["Gather"] = (x => x[0].Gather(Rows).Square(), [new([3, 2])]),
        ["Gather, axis 1"] = (x => x[0].Gather(Rows, 1).Square(), [Matrix]),
        ["Gather, one row"] = (x => x[0].Gather(Node.Constant(TensorValue.Of([], 1L))).Square(), [Matrix]),
        ["GatherElements"] = (x => x[0].GatherElements(Rows, 1).Square(), [Matrix]),
        ["ScatterElements"] = (x => x[0].ScatterElementsAdd(Rows, x[1], 1).Square(), [Matrix, new([2, 2])]),
        ["ScatterND"] = (x => x[0].ScatterAdd(Node.Constant(TensorValue.Of([2, 1], 1L, 1L)), x[1]).Square(), [Matrix, Matrix]),
        ["MaxPool"] = (x => x[0].MaxPool(2) * x[1], [new(["batch", 2, 4, 4]), new([2, 2])]),
        ["MaxPool, overlapping"] = (x => x[0].MaxPool(3, stride: 1, padding: 1), [new([1, 2, 4])]),
    };

    /// <summary>Those that ONNX Runtime computes in Float only, and the passage from one to the other.</summary>
    private static readonly Dictionary<string, (Func<IReadOnlyList<Node>, Node> Function, Sample[] At)> FloatChecks = new()
    {
        ["Cast"] = (x => x[0].Square().Cast(ElementType.Double).Tanh().Cast(ElementType.Float), [Matrix]),
        ["Erf"] = (x => x[0].Erf(), [Matrix]),
        ["Gelu"] = (x => x[0].Gelu(), [Matrix]),
        ["Softplus"] = (x => x[0].Softplus(), [Matrix]),
        ["Elu"] = (x => x[0].Elu(0.7), [Negative]),
        ["LeakyRelu"] = (x => x[0].LeakyRelu(0.1) * x[0], [Negative]),
        ["HardSigmoid"] = (x => x[0].HardSigmoid(0.2, 0.5) * x[0], [Matrix]),
        ["Relu by HardSigmoid"] = (x => x[0].Relu() * x[0] + x[1].Relu() * x[1], [Positive, Negative]),
        ["LayerNormalization"] = (x => x[0].LayerNormalization(x[1], x[2]), [new(["batch", 4]), new([4], 0.5, 2), new([4])]),

        ["Conv"] = (x => x[0].Conv(x[1], x[2]), [new(["batch", 2, 4, 3]), new([3, 2, 2, 2]), new([3])]),
        ["Conv, strided and padded"] = (x => x[0].Conv(x[1], stride: 2, padding: 1), [new([2, 2, 5, 4]), new([2, 2, 3, 3])]),
        ["Conv, series, dilated"] = (x => x[0].Conv(x[1], x[2], padding: 2, dilation: 2), [new(["batch", 2, 6]), new([3, 2, 3]), new([3])]),
        ["AveragePool"] = (x => x[0].AveragePool(2).Square(), [new(["batch", 2, 4, 4])]),
        ["AveragePool, overlapping"] = (x => x[0].AveragePool(3, stride: 2, padding: 1).Square(), [new([2, 2, 4, 5])]),
    };

    /// <summary>The functions checked here, with the shapes of their inputs.</summary>
    internal static IEnumerable<(string Name, Func<IReadOnlyList<Node>, Node> Function, IEnumerable<Shape> Shapes)> Functions => Checks
        .Select(c => (c.Key, c.Value.Function, c.Value.At.Select(s => s.Shape)))
        .Concat(FloatChecks.Select(c => ($"{c.Key} in Float", c.Value.Function, c.Value.At.Select(s => s.Shape))));

    public static TheoryData<string> Names => [.. Checks.Keys];

    public static TheoryData<string> FloatNames => [.. FloatChecks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_and_their_gradients_agree_with_differences(string name) => GradientCheck.Verify(Checks[name].Function, Checks[name].At);

    [Theory]
    [MemberData(nameof(FloatNames))]
    public void Gradients_of_float_operators_agree_with_differences(string name) =>
        GradientCheck.Verify(FloatChecks[name].Function, FloatChecks[name].At, ElementType.Float);
}
