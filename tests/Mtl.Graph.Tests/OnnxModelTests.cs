using Mtl.Graph.Onnx;
using Mtl.Testing.Graphs;

namespace Mtl.Graph.Tests;

public class OnnxModelTests
{
    [Fact]
    public void A_model_is_read_as_it_was_written()
    {
        var model = OnnxModel.Read(OnnxModel.Write(Exported())).Value;

        model.ProducerName.ShouldBe("MtlPlatform");
        model.OpsetImports.ShouldBe(new Dictionary<string, long> { [""] = 17, ["ai.onnx.ml"] = 3 });
        model.Inputs.ShouldBe([new("age", ElementType.Float, ["batch", 1]), new("job", ElementType.String, ["batch", 1])]);
        model.Outputs.ShouldBe([new("score", ElementType.Float, ["batch", 2]), new("same", ElementType.Float, ["batch", 2]), new("age_again", ElementType.Float, ["batch", 1])]);
        model.Initializers["w"].ShouldBe(TensorValue.Of([2, 2], 1f, 2f, 3f, 4f));
        model.Metadata.ShouldBe(new Dictionary<string, string> { ["task"] = "income", ["version"] = "1" });
        model.Operators.Select(o => o.Op).ShouldBe(["LabelEncoder", "Cast", "Concat", "Gemm", "Identity", "Identity"]);
        model.Operators[0].Domain.ShouldBe("ai.onnx.ml");
        model.Operators[0].Attributes["keys_strings"].ShouldBe(new[] { "clerk", "" });
        model.Operators[3].Outputs.ShouldBe(["score"]);
    }

    [Fact]
    public void The_same_graph_built_twice_gives_the_same_bytes() =>
        OnnxModel.Write(Exported()).ShouldBe(OnnxModel.Write(Exported()));

    [Fact]
    public void What_computes_the_same_is_written_once()
    {
        var x = Node.Input("x", ElementType.Float, ["batch", 4]);
        Node Normalized() => x.LayerNormalization(Node.Filled(1, [4]), Node.Filled(0, [4]));
        var sum = Normalized() + Normalized().Exp() + Normalized().Outputs[1];

        var model = OnnxModel.Read(OnnxModel.Write(ComputationGraph.Of([("sum", sum)]))).Value;

        model.Operators.Select(o => o.Op).ShouldBe(["ConstantOfShape", "ConstantOfShape", "LayerNormalization", "Exp", "Add", "Add"]);
        model.Operators[2].Outputs.ShouldBe(["LayerNormalization_1", "LayerNormalization_1.1"]);
    }

    [Fact]
    public void Names_that_the_caller_took_are_not_given_again()
    {
        var x = Node.Input("Exp_1", ElementType.Float, [1]);

        var model = OnnxModel.Read(OnnxModel.Write(ComputationGraph.Of([("y", x.Exp().Exp())]))).Value;

        model.Operators.Select(o => o.Outputs[0]).ShouldBe(["Exp_2", "y"]);
    }

    [Fact]
    public void Inputs_come_in_the_order_asked_for_and_unused_ones_stay()
    {
        Node a = Node.Input("a", ElementType.Float, [1]), b = Node.Input("b", ElementType.Float, [1]), c = Node.Input("c", ElementType.Float, [1]);

        ComputationGraph.Of([("y", a + b)], [c, b]).Inputs.ShouldBe([c, b, a]);
    }

    [Fact]
    public void An_exported_model_runs()
    {
        Node age = Node.Input("age", ElementType.Float, ["batch", 1]), w = Node.Parameter("w", [1, 2]);
        var values = ComputationGraph.Values([w], new Dictionary<string, ReadOnlyMemory<float>> { ["w"] = new float[] { 2, 3 } });
        values["w"].ShouldBe(TensorValue.Of([1, 2], 2f, 3f));

        Evaluation.Of(age.MatMul(w), (age, TensorValue.Of([2, 1], 1f, 10f)), (w, values["w"])).ToDoubles().ShouldBe([2, 3, 20, 30]);
    }

    private static ComputationGraph Exported()
    {
        Node age = Node.Input("age", ElementType.Float, ["batch", 1]), job = Node.Input("job", ElementType.String, ["batch", 1]);
        Node w = Node.Parameter("w", [2, 2]), b = Node.Parameter("b", [2]);
        var score = new[] { age, job.EncodeLabels(["clerk", ""], 2).Cast(ElementType.Float) }.Concat(1).Dense(w, b);
        var values = new Dictionary<string, TensorValue> { ["b"] = TensorValue.Of([2], 5f, 6f), ["w"] = TensorValue.Of([2, 2], 1f, 2f, 3f, 4f) };
        return ComputationGraph.Of([("score", score), ("same", score), ("age_again", age)], [age, job], values, new Dictionary<string, string> { ["version"] = "1", ["task"] = "income" });
    }
}
