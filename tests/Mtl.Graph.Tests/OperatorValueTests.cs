using Mtl.Graph.Autodiff;
using Mtl.Testing.Graphs;

namespace Mtl.Graph.Tests;

/// <summary>Every operator against values worked out by hand, in ONNX Runtime.</summary>
public class OperatorValueTests
{
    private static readonly Node A = Of([2, 3], 1, -2, 3, -4, 5, -6), Row = Of([3], 10, 20, 30), Square = Of([2, 2], 1, 2, 3, 4);
    private static readonly Node Positive = Of([2], 1, 4), Nan = Of([2], double.NaN, 1), Two = Node.Constant(0, 2), Mask = A.Greater(0);
    private static readonly Node Image = Of([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9);
    private static readonly Node Grid = Node.Constant(TensorValue.Of([2, 2], 0L, 2L, 1L, 1L));

    private static readonly Dictionary<string, (Node Node, double[] Expected)> Values = new()
    {
        ["Add"] = (A + Row, [11, 18, 33, 6, 25, 24]),
        ["Sub"] = (1 - A, [0, 3, -2, 5, -4, 7]),
        ["Mul"] = (A * Row, [10, -40, 90, -40, 100, -180]),
        ["Div"] = (A / Row, [0.1, -0.1, 0.1, -0.4, 0.25, -0.2]),
        ["Neg"] = (-A, [-1, 2, -3, 4, -5, 6]),
        ["Sum"] = (new[] { A, Row, A }.Sum(), [12, 16, 36, 2, 30, 18]),
        ["Pow"] = (A.Pow(3), [1, -8, 27, -64, 125, -216]),
        ["Square"] = (A.Square(), [1, 4, 9, 16, 25, 36]),
        ["Max"] = (A.Max(2), [2, 2, 3, 2, 5, 2]),
        ["Min"] = (A.Min(2), [1, -2, 2, -4, 2, -6]),
        ["Exp"] = (Positive.Exp(), [Math.E, Math.Exp(4)]),
        ["Log"] = (Positive.Log(), [0, Math.Log(4)]),
        ["Sqrt"] = (Positive.Sqrt(), [1, 2]),
        ["Abs"] = (A.Abs(), [1, 2, 3, 4, 5, 6]),
        ["Sign"] = (A.Sign(), [1, -1, 1, -1, 1, -1]),
        ["Floor"] = ((A / 2).Floor(), [0, -1, 1, -2, 2, -3]),
        ["Identity"] = (A.Identity(), [1, -2, 3, -4, 5, -6]),
        ["Clip"] = (A.Clip(-2, 2), [1, -2, 2, -2, 2, -2]),
        ["Where"] = (Mask.Where(A, Row), [1, 20, 3, 10, 5, 30]),
        ["Equal"] = (A.Equal(A.Abs()), [1, 0, 1, 0, 1, 0]),
        ["Less"] = (A.Less(1), [0, 1, 0, 1, 0, 1]),
        ["Greater"] = (A.Greater(1), [0, 0, 1, 0, 1, 0]),
        ["And"] = (Mask.And(A.Less(3)), [1, 0, 0, 0, 0, 0]),
        ["Or"] = (Mask.Or(A.Less(-2)), [1, 0, 1, 1, 1, 1]),
        ["Not"] = (Mask.Not(), [0, 1, 0, 1, 0, 1]),
        ["IsNaN"] = (Nan.IsNaN(), [1, 0]),
        ["Where, for missing numbers"] = (Nan.IsNaN().Where(Nan.Like(7), Nan), [7, 1]),
        ["Cast"] = (Mask.Cast(ElementType.Float), [1, 0, 1, 0, 1, 0]),
        ["Relu"] = (A.Relu(), [1, 0, 3, 0, 5, 0]),
        ["Step"] = (A.Step(), [1, 0, 1, 0, 1, 0]),
        ["Step, at zero"] = (Of([3], 0, 1e-20, -1e-20).Step(), [0, 1, 0]),
        ["Sigmoid"] = (Of([2], 0, 1).Sigmoid(), [0.5, 1 / (1 + Math.Exp(-1))]),
        ["Tanh"] = (Positive.Tanh(), [Math.Tanh(1), Math.Tanh(4)]),
        ["Softplus"] = (Of([3], 0, 1, 100).Softplus(), [Math.Log(2), Math.Log(1 + Math.E), 100]),
        ["Softplus, composed"] = (Double([3], 0, 1, 1000).Softplus(), [Math.Log(2), Math.Log(1 + Math.E), 1000]),
        ["Erf"] = (Of([2], 0, 1).Erf(), [0, 0.8427007929]),
        ["HardSigmoid"] = (A.HardSigmoid(0.1, 0.5), [0.6, 0.3, 0.8, 0.1, 1, 0]),
        ["HardSigmoid, composed"] = (Double([3], 1, -2, 9).HardSigmoid(0.1, 0.5), [0.6, 0.3, 1]),
        ["Elu"] = (Of([2], 2, -1).Elu(0.5), [2, 0.5 * (Math.Exp(-1) - 1)]),
        ["Elu, composed"] = (Double([2], 2, -1).Elu(0.5), [2, 0.5 * (Math.Exp(-1) - 1)]),
        ["LeakyRelu"] = (A.LeakyRelu(0.5), [1, -1, 3, -2, 5, -3]),
        ["LeakyRelu, composed"] = (Double([2], 2, -4).LeakyRelu(0.5), [2, -2]),
        ["Gelu"] = (Of([2], 0, 1).Gelu(), [0, 0.8413447]),
        ["GeluTanh"] = (Of([2], 0, 1).GeluTanh(), [0, 0.8411920]),

        ["MatMul"] = (Square.MatMul(A), [-7, 8, -9, -13, 14, -15]),
        ["MatMul, vector"] = (A.MatMul(Row), [60, -120]),
        ["MatMul, batched"] = (A.Reshape([2, 1, 3]).MatMul(A.Reshape([2, 3, 1])), [14, 77]),
        ["Gemm"] = (Square.Gemm(A, Row), [3, 28, 21, -3, 34, 15]),
        ["Gemm, all settings"] = (Square.Gemm(A, Of([2, 1], 1, 2), transA: true, transB: false, alpha: 2, beta: 10), [-12, 36, -20, -8, 52, -16]),
        ["Transpose"] = (A.Transpose(), [1, -4, -2, 5, 3, -6]),
        ["LayerNormalization"] = (Positive.LayerNormalization(Of([2], 1, 2), Of([2], 0, 1), epsilon: 0), [-1, 3]),
        ["LayerNormalization, composed"] = (Double([2], 1, 4).LayerNormalization(Double([2], 1, 2), Double([2], 0, 1), epsilon: 0), [-1, 3]),

        ["ReduceSum"] = (A.ReduceSum(), [-3]),
        ["ReduceSum, axis"] = (A.ReduceSum([0]), [-3, 3, -3]),
        ["ReduceMean"] = (A.ReduceMean([1], keep: true), [2.0 / 3, -5.0 / 3]),
        ["ReduceMax"] = (A.ReduceMax([1]), [3, 5]),
        ["ReduceLogSumExp"] = (Of([2], 1000, 1000).ReduceLogSumExp(), [1000 + Math.Log(2)]),
        ["SumOfSquares"] = (A.SumOfSquares(), [91]),
        ["Softmax"] = (Of([1, 2], 0, Math.Log(3)).Softmax(), [0.25, 0.75]),
        ["LogSoftmax"] = (Of([1, 2], 0, Math.Log(3)).LogSoftmax(), [Math.Log(0.25), Math.Log(0.75)]),
        ["ArgMax"] = (A.ArgMax(1), [2, 1]),

        ["Reshape"] = (A.Reshape([3, -1]), [1, -2, 3, -4, 5, -6]),
        ["Unsqueeze"] = (A.Unsqueeze(1), [1, -2, 3, -4, 5, -6]),
        ["Squeeze"] = (A.Unsqueeze(1).Squeeze(1), [1, -2, 3, -4, 5, -6]),
        ["Expand"] = (Positive.Expand([2, 2]), [1, 4, 1, 4]),
        ["Concat"] = (new[] { Square, Square }.Concat(1), [1, 2, 1, 2, 3, 4, 3, 4]),
        ["Split"] = (A.Split(1, 1, 2)[1], [-2, 3, 5, -6]),
        ["Slice"] = (A.Slice(1, 0, step: 2), [1, 3, -4, -6]),
        ["Slice, from the end"] = (A.Slice(1, -2, -1), [-2, 5]),
        ["Pad"] = (Positive.Pad(0, 1, 2, 9), [9, 1, 4, 9, 9]),
        ["Gather"] = (Row.Gather(Two), [10, 30]),
        ["Gather, axis 1"] = (A.Gather(Two, 1), [1, 3, -4, -6]),
        ["GatherElements"] = (A.GatherElements(Grid, 1), [1, 3, 5, 5]),
        ["ScatterElements"] = (A.ScatterElementsAdd(Grid, Square, 1), [2, -2, 5, -4, 12, -6]),
        ["ScatterND"] = (Row.ScatterAdd(Node.Constant(TensorValue.Of([2, 1], 0L, 0L)), Positive), [15, 20, 30]),
        ["OneHot"] = (Two.OneHot(3), [1, 0, 0, 0, 0, 1]),
        ["OneHot, out of range"] = (Node.Constant(3).OneHot(3), [0, 0, 0]),
        ["Tile"] = (Positive.Tile(2), [1, 4, 1, 4]),
        ["Shape"] = (A.ShapeOf(), [2, 3]),
        ["ConstantOfShape"] = (Node.Filled(3, [2]), [3, 3]),
        ["Conv"] = (Image.Conv(Of([1, 1, 2, 2], 1, 2, 3, 4), Of([1], 100)), [137, 147, 167, 177]),
        ["Conv, padded and strided"] = (Image.Conv(Of([1, 1, 2, 2], 1, 2, 3, 4), stride: 2, padding: 1), [4, 18, 36, 77]),
        ["ConvTranspose"] = (Gradient.Of(Image.Conv(Of([1, 1, 2, 2], 1, 2, 3, 4)).ReduceSum(), [Image])[0], [1, 3, 2, 4, 10, 6, 3, 7, 4]),
        ["MaxPool"] = (Image.MaxPool(2, stride: 1), [5, 6, 8, 9]),
        ["AveragePool"] = (Image.AveragePool(2, stride: 1), [3, 4, 6, 7]),
        ["LabelEncoder"] = (Node.Constant("b", "", "z", "a").EncodeLabels(["a", "b", ""], unknown: 9), [1, 2, 9, 0]),
        ["StringNormalizer and StringSplit"] = (Node.Constant("B a", "c").LowerCase().SplitWords().EncodeLabels(["", "a", "b"], unknown: 9), [2, 1, 9, 0]),
    };

    public static TheoryData<string> Names => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_as_defined(string name)
    {
        var (node, expected) = Values[name];

        var actual = Evaluation.Of(node);

        actual.ToDoubles().Zip(expected).ShouldAllBe(v => Math.Abs(v.First - v.Second) <= 1e-5 * Math.Max(1, Math.Abs(v.Second)));
        actual.Count.ShouldBe(expected.Length);
    }

    [Fact]
    public void Labels_decode_to_texts() =>
        Evaluation.Of(Node.Constant(1, 0, 5).DecodeLabels(["no", "yes"], "?")).Span<string>().ToArray().ShouldBe(["yes", "no", "?"]);

    [Fact]
    public void Every_operator_of_the_table_has_a_value_test()
    {
        var covered = Topology.Order(Values.Values.Select(v => v.Node)).Select(n => n.Op).ToHashSet();

        Operators.Definitions.Known.Except(covered).ShouldBeEmpty();
    }

    private static Node Of(Shape shape, params double[] values) => Node.Constant(TensorValue.Of(ElementType.Float, shape, values));

    private static Node Double(Shape shape, params double[] values) => Node.Constant(TensorValue.Of(shape, values));

    [Fact]
    public void Words_are_what_stands_between_spaces_cut_and_padded_to_a_length()
    {
        var texts = Node.Input("texts", ElementType.String, ["batch"]);
        var ids = texts.LowerCase().SplitWords().EncodeLabels(["", "hello", "world", "ärger"], 9).Pad(1, 0, 3).Slice(1, 0, 3);

        ids.Shape.ShouldBe(["batch", 3]);
        Evaluation.Of(ids, (texts, TensorValue.Of([4], "Hello WORLD", "", "  world   ärger hello hello ", "x"))).Span<long>().ToArray().ShouldBe([1, 2, 0, 0, 0, 0, 2, 3, 1, 9, 0, 0]);
        Evaluation.Of(ids, (texts, TensorValue.Of([2], "", " "))).Span<long>().ToArray().ShouldBe([0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_graph_with_a_later_operator_is_written_in_its_opset_reductions_included()
    {
        Node texts = Node.Input("texts", ElementType.String, ["batch"]), table = Node.Constant(TensorValue.Of([3, 2], 0f, 0f, 1f, 2f, 3f, 4f));
        var words = table.Gather(texts.SplitWords().EncodeLabels(["", "a", "b"], 0).Pad(1, 0, 2).Slice(1, 0, 2));
        Node[] outputs = [words.ReduceMean([1]), words.ReduceMax([2]), words.ReduceLogSumExp([0, 1, 2])];

        var model = Onnx.OnnxModel.Read(Onnx.OnnxModel.Write(ComputationGraph.Of([.. outputs.Select((output, i) => ($"y{i}", output))]))).Value;
        model.OpsetImports[""].ShouldBe(20);
        using var evaluation = new Evaluation(outputs);
        var values = evaluation.Run([(texts, TensorValue.Of([2], "a b", "b"))]);

        values[0].ToDoubles().ShouldBe([2, 3, 1.5, 2]);
        values[1].ToDoubles().ShouldBe([2, 4, 4, 0]);
        values[2].ToDoubles()[0].ShouldBe(Math.Log(new[] { 1, 2, 3, 4, 3, 4, 0, 0 }.Sum(x => Math.Exp(x))), 1e-5);
        Onnx.OnnxModel.Read(Onnx.OnnxModel.Write(ComputationGraph.Of([("y", table.ReduceMean([1]))]))).Value.OpsetImports[""].ShouldBe(17);
    }
}
