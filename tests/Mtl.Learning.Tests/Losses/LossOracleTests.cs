using Mtl.Core.Random;
using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;
using Mtl.Learning.Losses;
using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Tests.Training;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Losses;

/// <summary>Every loss and its gradient on random outputs, against PyTorch; the formulas are written anew there.</summary>
public class LossOracleTests
{
    private const int Rows = 40;
    private const int Classes = 4;
    private const int Words = 3;

    private static readonly double[] Shares = [0.1, 0.2, 0.3, 0.4];

    private static readonly Case[] Cases =
    [
        new("absolute", Create("absolute-error"), 1, 1, Target.Number, "(z - y).abs()"),
        new("squared features", Create("squared-error"), Classes, Classes, Target.Number, "((z - y) ** 2).mean(1, keepdim=True)"),
        new("huber", Create("huber", ("delta", 0.7)), 1, 1, Target.Number, "F.huber_loss(z, y, delta=0.7, reduction='none')"),
        new("binary", Create("cross-entropy"), 1, 1, Target.Truth, "F.binary_cross_entropy_with_logits(z, y, reduction='none')"),
        new("multiclass", Create("cross-entropy"), Classes, 1, Target.Index, "F.cross_entropy(z, y.long()[:, 0], reduction='none')[:, None]"),
        new("multilabel", Create("cross-entropy"), Classes, Classes, Target.Truth, "F.binary_cross_entropy_with_logits(z, y, reduction='none').mean(1, keepdim=True)"),
        new(
            "tagging", Create("cross-entropy"), Words * Classes, Words, Target.Tag,
            "F.cross_entropy(z.reshape(len(z), -1, 4).transpose(1, 2), y.long(), ignore_index=-1, reduction='none').sum(1, keepdim=True) / (y >= 0).sum(1, keepdim=True).clamp(min=1)"),
        new("binary focal", Create("focal", ("gamma", 1.5)), 1, 1, Target.Truth, "-(1 - pt(z, y)) ** 1.5 * pt(z, y).log()"),
        new("multilabel focal", Create("focal"), Classes, Classes, Target.Truth, "(-(1 - pt(z, y)) ** 2 * pt(z, y).log()).mean(1, keepdim=True)"),
        new("multiclass focal", Create("focal"), Classes, 1, Target.Index, "-(1 - softmax(z, y)) ** 2 * softmax(z, y).log()"),
        new("weighted binary focal", Create("weighted-focal").For([0.2, 0.8]), 1, 1, Target.Truth, "-(1 - pt(z, y)) ** 2 * pt(z, y).log() * torch.where(y == 1, 0.625, 2.5)"),
        new(
            "weighted multiclass focal", Create("weighted-focal", ("gamma", 1.0), ("balance", 0.5)).For(Shares), Classes, 1, Target.Index,
            "-(1 - softmax(z, y)) * softmax(z, y).log() * (share ** -0.5 / (share ** 0.5).sum())[y.long()]"),
        new("binary dice", Create("dice"), 1, 1, Target.Truth, "1 - (2 * z.sigmoid() * y + 1) / (z.sigmoid() ** 2 + y ** 2 + 1)"),
        new("multiclass dice", Create("dice", ("smoothing", 0.5)), Classes, 1, Target.Index, "1 - (2 * softmax(z, y) + 0.5) / ((z.softmax(1) ** 2).sum(1, keepdim=True) + 1.5)"),
        new("gaussian", Create("gaussian-nll"), 2, 1, Target.Number, "-torch.distributions.Normal(z[:, :1], (z[:, 1:] / 2).exp()).log_prob(y)"),
        new("quantiles", Create("quantile"), 3, 1, Target.Number, "pinball(y - torch.cat([z[:, :1], F.softplus(z[:, 1:])], 1).cumsum(1))"),
    ];

    [Fact]
    public void Losses_and_gradients_are_those_of_PyTorch()
    {
        var random = new CounterRandom(4, "losses");
        var outputs = Cases.Select((test, i) => Enumerable.Range(0, Rows * test.Width).Select(at => (float)(2 * random.Fork((ulong)i).Normal((ulong)at))).ToArray()).ToArray();
        var targets = Cases.Select((test, i) => Enumerable.Range(0, Rows * test.TargetWidth).Select(at => test.Draw(random.Fork($"target {i}"), (ulong)at)).ToArray()).ToArray();

        var expected = PythonOracle.Ask(
            "torch",
            """
            import torch.nn.functional as F
            torch.set_default_dtype(torch.float64)
            share = torch.tensor(given['shares'])
            level = torch.tensor([0.1, 0.5, 0.9])
            pt = lambda z, y: ((2 * y - 1) * z).sigmoid()
            softmax = lambda z, y: z.softmax(1).gather(1, y.long())
            pinball = lambda e: torch.maximum(level * e, (level - 1) * e).mean(1, keepdim=True)
            answer = []
            for case in given['cases']:
                z = torch.tensor(case['output']).double().reshape(given['rows'], -1).requires_grad_()
                y = torch.tensor(case['target']).double().reshape(given['rows'], -1)
                loss = eval(case['formula'])
                loss.sum().backward()
                answer.append({'loss': loss.flatten().tolist(), 'gradient': z.grad.flatten().tolist()})
            """,
            new { rows = Rows, shares = Shares, cases = Cases.Select((test, i) => new { output = outputs[i], target = targets[i], formula = test.Formula }) }).AsArray();

        for (var i = 0; i < Cases.Length; i++)
        {
            var (loss, gradient) = Run(Cases[i], outputs[i], targets[i]);
            for (var row = 0; row < Rows; row++)
                loss[row].ShouldBe(expected[i]!["loss"]![row]!.GetValue<float>(), 2e-4f, Cases[i].Name);
            for (var at = 0; at < gradient.Length; at++)
                gradient[at].ShouldBe(expected[i]!["gradient"]![at]!.GetValue<float>(), 2e-4f, Cases[i].Name);
        }
    }

    [Fact]
    public void Losses_of_probabilities_are_finite_for_huge_outputs()
    {
        foreach (var test in Cases.Where(test => test.Target != Target.Number))
        {
            float[] outputs = [.. Enumerable.Range(0, Rows * test.Width).Select(at => at % 3 == 0 ? 1000f : at % 3 == 1 ? -1000f : 0)];
            var (loss, gradient) = Run(test, outputs, [.. Enumerable.Range(0, Rows * test.TargetWidth).Select(at => (float)(at % 2))]);
            loss.ShouldAllBe(value => float.IsFinite(value), test.Name);
            gradient.ShouldAllBe(value => float.IsFinite(value), test.Name);
        }
    }

    [Fact]
    public void A_gaussian_s_spread_is_its_deviation_and_quantiles_start_in_order_about_the_centre()
    {
        var quantile = Create("quantile").Distribution!;
        var bias = quantile.BiasAt(0.5);
        var start = Node.Constant(TensorValue.Of([1, 3], [.. bias]));

        Values(quantile.Spread(start, 10, 2)).ShouldBe([10 + (2 * (0.5f - 1.2114f)), 11, 10 + (2 * (0.5f + 1.2114f))], 1e-3);
        Values(quantile.Point(start)).ShouldBe([0.5f], 1e-5);
        var gaussian = Create("gaussian-nll").Distribution!;
        Values(gaussian.Spread(Node.Constant(TensorValue.Of([1, 2], 3f, (float)Math.Log(4))), 10, 2.5)).ShouldBe([5f], 1e-5);
    }

    private static float[] Values(Node node)
    {
        using var executable = Executable.Load(OnnxModel.Write(ComputationGraph.Of([("value", node)])), "value").Value;
        return executable.Run(new Dictionary<string, Tensor>()).Value["value"].Values<float>();
    }

    private static ILoss Create(string key, params (string Name, double Value)[] options) =>
        LossTable.Methods.Create(Sample.Choice(key, [.. options.Select(option => (option.Name, (System.Text.Json.Nodes.JsonNode)option.Value))])).Value;

    private static (float[] Loss, float[] Gradient) Run(Case test, float[] outputs, float[] targets)
    {
        var output = Node.Input("output", ElementType.Float, ["batch", test.Width]);
        var target = Node.Input("target", ElementType.Float, ["batch", test.TargetWidth]);
        var loss = test.Loss.PerRow(output, target);
        loss.Shape.ShouldBe(["batch", 1]);
        var graph = ComputationGraph.Of([("loss", loss), ("gradient", Gradient.Of(loss.ReduceSum(), [output])[0])]);
        using var executable = Executable.Load(OnnxModel.Write(graph), test.Name).Value;
        var results = executable.Run(new Dictionary<string, Tensor> { ["output"] = Tensor.Of(outputs, Rows, test.Width), ["target"] = Tensor.Of(targets, Rows, test.TargetWidth) }).Value;
        return (results["loss"].Values<float>(), results["gradient"].Values<float>());
    }

    private enum Target
    {
        Number,
        Truth,
        Index,
        Tag,
    }

    private sealed record Case(string Name, ILoss Loss, int Width, int TargetWidth, Target Target, string Formula)
    {
        public float Draw(CounterRandom random, ulong at) => Target switch
        {
            Target.Number => (float)random.Normal(at),
            Target.Truth => random.Below(2, at),
            Target.Tag => random.Below(Classes + 1, at) - 1,
            _ => random.Below(Classes, at),
        };
    }
}
