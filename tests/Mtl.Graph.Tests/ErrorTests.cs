using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;

namespace Mtl.Graph.Tests;

/// <summary>What is refused, and how it is told.</summary>
public class ErrorTests
{
    private static readonly Node X = Node.Input("x", ElementType.Float, ["batch", 3]), W = Node.Parameter("w", [4, 2]);
    private static readonly Node Text = Node.Input("s", ElementType.String, ["batch", 1]), Index = Node.Input("i", ElementType.Int64, ["rows"]);

    private static readonly Dictionary<string, (Action Mistake, string Message)> Mistakes = new()
    {
        ["broadcast"] = (() => _ = X + W, "Add(Float [batch, 3], Float [4, 2]): shapes [batch, 3] and [4, 2] do not broadcast; from the right, dimensions must be equal or one of them 1."),
        ["symbol against number"] = (() => _ = X + Node.Parameter("b", [5, 3]),
            "Add(Float [batch, 3], Float [5, 3]): shapes [batch, 3] and [5, 3] do not broadcast; from the right, dimensions must be equal or one of them 1."),
        ["mixed types"] = (() => _ = X + Index, "Add(Float [batch, 3], Int64 [rows]): input 1 is Int64, but input 0 is Float; both must be the same, use Cast."),
        ["type"] = (() => Text.Exp(), "Exp(String [batch, 1]): input 0 is String; allowed are Float, Double."),
        ["count"] = (() => Node.Apply(Op.Exp, Attributes.None, X, X), "Exp(Float [batch, 3], Float [batch, 3]): takes 1 inputs, but got 2."),
        ["inner dimensions"] = (() => X.MatMul(W), "MatMul(Float [batch, 3], Float [4, 2]): the inner dimensions differ: the last of [batch, 3] is 3, the second to last of [4, 2] is 4."),
        ["dense"] = (() => X.Dense(W), "Gemm(Float [batch, 3], Float [4, 2]; alpha=1, beta=1, transA=0, transB=0): the inner dimensions differ: 3 and 4."),
        ["bias"] = (() => X.Dense(Node.Parameter("v", [3, 2]), Node.Parameter("b", [3])),
            "Gemm(Float [batch, 3], Float [3, 2], Float [3]; alpha=1, beta=1, transA=0, transB=0): the summand [3] does not broadcast to [batch, 2]."),
        ["axis"] = (() => X.Softmax(2), "Softmax(Float [batch, 3]; axis=2): axis 2 is outside a tensor of 2 dimensions; allowed are -2 to 1."),
        ["reshape"] = (() => X.Reshape(["batch", 4]), "Reshape(Float [batch, 3], Int64 [2]): [batch, 3] has 3*batch elements, [batch, 4] has 4*batch."),
        ["concat"] = (() => new[] { X, W }.Concat(1), "Concat(Float [batch, 3], Float [4, 2]; axis=1): input 1 is [4, 2], the first [batch, 3]; all dimensions but 1 must be equal."),
        ["split"] = (() => W.Split(0, 1, 2), "Split(Float [4, 2], Int64 [2]; axis=0): the parts' sizes [1, 2] make 3, but dimension 0 is 4."),
        ["slice"] = (() => X.Slice(0, 0, 5),
            "Slice(Float [batch, 3], Int64 [1], Int64 [1], Int64 [1], Int64 [1]): dimension batch may be shorter than the end 5; count the end from the end, or leave it out."),
        ["squeeze"] = (() => X.Squeeze(1), "Squeeze(Float [batch, 3], Int64 [1]): dimension 1 is 3; only dimensions of 1 can be dropped."),
        ["leaf"] = (() => Node.Apply(Op.Input, Attributes.None), "Input is no operator that can be applied; allowed are Abs, Add, And, "),
        ["convolution"] = (() => Node.Input("p", ElementType.Float, ["batch", 3, 8, 8]).Conv(Node.Parameter("k", [4, 2, 3, 3])),
            "Conv(Float [batch, 3, 8, 8], Float [4, 2, 3, 3]; dilations=[1, 1], kernel_shape=[3, 3], pads=[0, 0, 0, 0], strides=[1, 1]): the data has 3 channels, the weight takes 2."),
        ["window"] = (() => Node.Input("p", ElementType.Float, ["batch", 3, 2]).MaxPool(4),
            "MaxPool(Float [batch, 3, 2]; dilations=[1], kernel_shape=[4], pads=[0, 0], strides=[4]): the window spans 4 elements, more than axis 2 has with its padding."),
        ["symbolic parameter"] = (() => Node.Parameter("p", ["batch"]), "Parameter 'p' has shape [batch]; the shape of a parameter must be known."),
        ["integer parameter"] = (() => Node.Parameter("p", [2], ElementType.Int64), "Parameter 'p' is Int64; parameters are trained, so they must be Float or Double."),
        ["element count"] = (() => TensorValue.Of([2, 2], 1f), "A tensor of shape [2, 2] has 4 elements, but 1 were given."),
        ["no scalar"] = (() => Gradient.Of(X, [X]),
            "Only a scalar has a gradient, but this is Input 'x' Float [batch, 3]; sum or average it first, or give the upstream gradient (Gradient.Pullback)."),
        ["integer gradient"] = (() => Gradient.Of(X.ReduceSum(), [Index]), "Gradients exist for Float and Double only, not for Input 'i' Int64 [rows]."),
        ["upstream"] = (() => Gradient.Pullback([X], [W], [X]), "The upstream gradient Parameter 'w' Float [4, 2] does not fit the output Input 'x' Float [batch, 3]."),
        ["no output"] = (() => ComputationGraph.Of([]), "A graph needs at least one output."),
        ["output twice"] = (() => ComputationGraph.Of([("a", X), ("a", W)]), "Two outputs are called 'a'; each needs a name of its own."),
        ["name twice"] = (() => ComputationGraph.Of([("a", X), ("b", Node.Input("x", ElementType.Float, ["batch", 3]).Exp())]),
            "Two different inputs or parameters are called 'x'; make one node for each name and use it everywhere."),
        ["output named as input"] = (() => ComputationGraph.Of([("x", X.Exp())]), "'x' is the name of an input or parameter and of an output; rename the output."),
        ["value of wrong shape"] = (() => ComputationGraph.Of([("y", W.Exp())], initializers: new Dictionary<string, TensorValue> { ["w"] = TensorValue.Of([2], 1f, 2f) }),
            "Parameter 'w' Float [4, 2] was given a value that is Float [2]; type and shape must be equal."),
        ["value for nothing"] = (() => ComputationGraph.Of([("y", W.Exp())], initializers: new Dictionary<string, TensorValue> { ["v"] = TensorValue.Of([2], 1f, 2f) }),
            "There is a value for 'v', but the outputs use no input or parameter of that name; allowed are 'w'."),
        ["missing value"] = (() => ComputationGraph.Values([W], new Dictionary<string, ReadOnlyMemory<float>>()), "Parameter 'w' Float [4, 2] has no value; there are values for ."),
    };

    public static TheoryData<string> Names => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_named_with_what_is_allowed(string name) =>
        Should.Throw<GraphException>(Mistakes[name].Mistake).Message.ShouldStartWith(Mistakes[name].Message);

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        OnnxModel.Read([1, 2, 3]).Error!.Message.ShouldStartWith("These 3 bytes are no ONNX model: ");
        OnnxModel.Read([]).Error!.Message.ShouldBe("These 0 bytes are no ONNX model: there is no graph in them.");
    }
}
