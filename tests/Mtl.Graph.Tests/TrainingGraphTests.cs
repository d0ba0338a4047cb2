using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;

namespace Mtl.Graph.Tests;

/// <summary>A graph as training makes it: few operators, and the fast ones.</summary>
public class TrainingGraphTests
{
    [Fact]
    public void A_shared_bottom_training_step_takes_few_and_fast_operators()
    {
        var model = OnnxModel.Read(OnnxModel.Write(SharedBottom("batch"))).Value;

        // Six dense layers: six products forward, six for the weights, five for the inputs, the heads' accumulated; six sums for the biases.
        Counts(model).ShouldBe("Cast 1, ConstantOfShape 1, Div 1, Gemm 17, HardSigmoid 2, MatMul 6, Mul 11, ReduceMean 4, Relu 2, Reshape 1, Shape 1, Sub 4");
    }

    [Fact]
    public void A_known_batch_needs_no_operators_to_learn_its_size()
    {
        var model = OnnxModel.Read(OnnxModel.Write(SharedBottom(32))).Value;

        Counts(model).ShouldBe("ConstantOfShape 1, Gemm 17, HardSigmoid 2, MatMul 6, Mul 10, ReduceMean 4, Relu 2, Sub 4");
    }

    [Fact]
    public void Trivial_arithmetic_is_folded()
    {
        Node x = Node.Input("x", ElementType.Float, ["batch", 3]), one = Node.Filled(1, []);

        (x * 1).ShouldBeSameAs(x);
        (x + 0).ShouldBeSameAs(x);
        (x / one).ShouldBeSameAs(x);
        (-(-x)).ShouldBeSameAs(x);
        (x * -1).Op.ShouldBe(Op.Neg);
        (2 * (x * 3)).Inputs[1].Value.ShouldBe(TensorValue.Of([], 6f));
        (x.Like(2) * 3 + 1).Value.ShouldBe(TensorValue.Of([], 7f));
        (x + -x.Exp()).Op.ShouldBe(Op.Sub);
        x.Transpose().Transpose().ShouldBeSameAs(x);
        x.Reshape(["batch", 3]).ShouldBeSameAs(x);
        x.Cast(ElementType.Float).ShouldBeSameAs(x);
        x.Transpose().Gemm(x).Attributes.Flag("transA").ShouldBeTrue();
        x.Gemm(x.Transpose()).Attributes.Flag("transB").ShouldBeTrue();
    }

    private static string Counts(OnnxModel model) =>
        string.Join(", ", model.Operators.GroupBy(o => o.Op).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));

    private static ComputationGraph SharedBottom(Dimension batch)
    {
        var x = Node.Input("x", ElementType.Float, [batch, 64]);
        var parameters = new List<Node>();
        var hidden = Layer("shared/1", Layer("shared/0", x, 64).Relu(), 64).Relu();
        var losses = Enumerable.Range(0, 4).Select(task =>
            (Layer($"task{task}", hidden, 1) - Node.Input($"y{task}", ElementType.Float, [batch, 1])).Square().ReduceMean()).ToArray();
        var gradients = Gradient.Of(losses.Sum(), parameters);
        return ComputationGraph.Of([.. losses.Select((l, i) => ($"loss{i}", l)), .. gradients.Select((g, i) => ($"grad/{parameters[i].Name}", g))], [x, .. parameters]);

        Node Layer(string name, Node input, long width)
        {
            Node weight = Node.Parameter($"{name}/weight", [input.Shape[1], width]), bias = Node.Parameter($"{name}/bias", [width]);
            parameters.AddRange([weight, bias]);
            return input.Dense(weight, bias);
        }
    }
}
