using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;
using Mtl.Learning.Losses;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Losses;

public class LossTests
{
    [Fact]
    public void Squared_error_is_the_square() => PerRow(new SquaredError(), [3, -1], 1, [1, 1]).ShouldBe([4, 4]);

    [Fact]
    public void Huber_is_quadratic_up_to_delta_and_linear_beyond() =>
        PerRow(new Huber(new HuberOptions { Delta = 2 }), [1, 2, 5, -5], 1, [0, 0, 0, 0]).ShouldBe([0.5f, 2, 8, 8]);

    [Fact]
    public void Binary_cross_entropy_is_finite_for_huge_logits()
    {
        var losses = PerRow(new CrossEntropy(), [0, 0, 1000, 1000, -1000, -1000], 1, [0, 1, 0, 1, 0, 1]);

        losses[0].ShouldBe(MathF.Log(2), 1e-6f);
        losses[1].ShouldBe(MathF.Log(2), 1e-6f);
        losses[2..].ShouldBe([1000, 0, 0, 1000]);
    }

    [Fact]
    public void Multiclass_cross_entropy_is_the_negative_log_probability()
    {
        var losses = PerRow(new CrossEntropy(), [1, 2, 3, 1, 2, 3, 1000, 0, -1000], 3, [2, 0, 2]);

        var sum = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3));
        losses[0].ShouldBe((float)(sum - 3), 1e-5f);
        losses[1].ShouldBe((float)(sum - 1), 1e-5f);
        losses[2].ShouldBe(2000);
    }

    [Fact]
    public void Rows_without_a_label_count_neither_in_the_mean_nor_in_the_gradient()
    {
        float[] weights = [1, 0, 1, 0];
        MaskedMean.FillWeights(weights).ShouldBe(2);

        var (loss, gradient) = Mean(new SquaredError(), [1, 5, 3, 7], [0, 0, 0, 0], weights);

        loss.ShouldBe(5);
        gradient.ShouldBe([1, 0, 3, 0]);
    }

    [Theory]
    [InlineData("squared-error")]
    [InlineData("huber")]
    [InlineData("cross-entropy")]
    public void Without_any_label_loss_and_gradient_are_zero(string key)
    {
        float[] weights = [0, 0];
        MaskedMean.FillWeights(weights).ShouldBe(0);

        var (loss, gradient) = Mean(LossTable.Methods.Create(new Choice(key)).Value, [1, -5], [0, 0], weights);

        loss.ShouldBe(0);
        gradient.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Every_kind_of_task_has_a_default_loss_that_is_for_it()
    {
        foreach (var kind in Enum.GetValues<TaskKind>())
            LossTable.Methods.Create(LossTable.DefaultFor(kind)).Value.Kinds.ShouldContain(kind);
    }

    private static float[] PerRow(ILoss loss, float[] outputs, int width, float[] targets)
    {
        var node = loss.PerRow(Node.Input("output", ElementType.Float, ["batch", width]), Node.Input("target", ElementType.Float, ["batch", 1]));
        node.Shape.ShouldBe(["batch", 1]);
        return Run([("loss", node)], outputs, width, targets)["loss"].Values<float>();
    }

    private static (float Loss, float[] Gradient) Mean(ILoss loss, float[] outputs, float[] targets, float[] weights)
    {
        var output = Node.Input("output", ElementType.Float, ["batch", 1]);
        var weight = Node.Input("weight", ElementType.Float, ["batch", 1]);
        var mean = MaskedMean.Of(loss.PerRow(output, Node.Input("target", ElementType.Float, ["batch", 1])), weight);
        var results = Run([("loss", mean), ("gradient", Gradient.Of(mean, [output])[0])], outputs, 1, targets, weights);
        return (results["loss"].Values<float>()[0], results["gradient"].Values<float>());
    }

    private static IReadOnlyDictionary<string, Tensor> Run((string Name, Node Node)[] outputs, float[] output, int width, float[] targets, float[]? weights = null)
    {
        using var executable = Executable.Load(OnnxModel.Write(ComputationGraph.Of(outputs)), "loss").Value;
        var inputs = new Dictionary<string, Tensor> { ["output"] = Tensor.Of(output, targets.Length, width), ["target"] = Tensor.Column(targets) };
        if (weights is not null)
            inputs.Add("weight", Tensor.Column(weights));
        return executable.Run(inputs).Value;
    }
}
