using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Export;
using Mtl.Learning.Training;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Training;

/// <summary>Every kind of task and every loss that describes a distribution, from table to exported model.</summary>
public class TaskKindTests
{
    private const int Rows = 400;

    private static readonly ExperimentDefinition Definition = new("kinds", new DataDefinition { Path = "kinds.csv" },
    [
        new TaskDefinition("topics", "topics", TaskKind.Multilabel),
        new TaskDefinition("flags", "", TaskKind.Multilabel) { Columns = ["hot", "loud"], Loss = new Choice("dice") },
        new TaskDefinition("stars", "stars", TaskKind.Rating) { Minimum = 1, Maximum = 5 },
        new TaskDefinition("inputs", "", TaskKind.Reconstruction),
        new TaskDefinition("spread", "noise", TaskKind.Regression) { Loss = new Choice("gaussian-nll") },
        new TaskDefinition("range", "level", TaskKind.Regression) { Loss = new Choice("quantile") },
    ])
    {
        Inputs = new InputsDefinition { Include = ["x", "y"] },
        Encoder = Sample.Choice("mlp", ("widths", new JsonArray(16, 8)), ("dropout", 0.0)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.02)),
        Training = new TrainingDefinition { Epochs = 30, BatchSize = 64, Patience = 0 },
    };

    [Fact]
    public void Every_kind_learns_and_exports_what_its_signature_says()
    {
        var plan = TrainingPlan.Create(Definition, Table(), MethodCatalogue.Standard).Value;
        var listener = new RecordingListener();
        var result = ((TrainingOutcome.Completed)new Trainer(plan).Run(listener, null, default)).Result;
        double Metric(string key) => result.Metrics.Single(metric => metric.Key == key).Value;

        Metric("topics/test_f1_micro").ShouldBeGreaterThan(0.85);
        Metric("flags/test_f1_micro").ShouldBeGreaterThan(0.85);
        Metric("stars/test_rmse").ShouldBeLessThan(0.4);
        Metric("stars/test_accuracy").ShouldBeGreaterThan(0.7);
        Metric("inputs/test_r2").ShouldBeGreaterThan(0.8);
        Metric("spread/test_nll").ShouldBeLessThan(2.2);
        Metric("range/test_coverage").ShouldBeInRange(0.6, 0.97);
        foreach (var task in plan.Tasks)
            listener.Last($"{task.Name}/val_loss").ShouldBeLessThan(listener.Reports[0].Values.Single(value => value.Key == $"{task.Name}/val_loss").Value, task.Name);

        var onnx = ModelExport.ToOnnx(plan, result.Parameters);
        ParityCheck.Run(plan, result.Parameters, onnx).IsWithinTolerance.ShouldBeTrue();
        MlflowSignature.ShouldFit(onnx, plan.Signature);
        using var model = Executable.Load(onnx, "kinds").Value;
        var outputs = model.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Column(new[] { 1f, -30f }), ["y"] = Tensor.Column(new[] { 0.5f, 2f }) }).Value;
        foreach (var output in plan.Signature.Outputs)
        {
            outputs[output.Task].Shape.ShouldBe([2, output.Width]);
            foreach (var extra in output.Extras)
                outputs[extra.Name].Shape.ShouldBe([2, extra.Width]);
        }

        plan.Signature.Outputs.Select(output => (output.Task, string.Join(" ", output.Labels))).ShouldBe([("topics", "art sport tech"), ("flags", "hot loud"), ("stars", ""), ("inputs", ""), ("spread", ""), ("range", "")]);
        outputs["stars"].Values<float>().ShouldAllBe(value => value >= 1 && value <= 5);
        outputs["range_quantiles"].Values<float>()[..3].ShouldBeInOrder();
        outputs["range"].Values<float>()[0].ShouldBe(outputs["range_quantiles"].Values<float>()[1]);
        outputs["spread_std"].Values<float>()[0].ShouldBeInRange(0.5f, 6f);
        outputs["inputs_error"].Values<float>()[1].ShouldBeGreaterThan(10 * outputs["inputs_error"].Values<float>()[0]);
    }

    public static TheoryData<string, TaskDefinition, string, string> Mistakes => new()
    {
        {
            "a label column of numbers", new TaskDefinition("task", "", TaskKind.Multilabel) { Columns = ["hot", "noise"] },
            "Task 'task': column 'noise' has '", "tasks[0].columns[1]"
        },
        {
            "a rating out of bounds", new TaskDefinition("task", "stars", TaskKind.Rating) { Minimum = 1, Maximum = 4 },
            "Task 'task' rates from 1 to 4, but column 'stars' has 5 in row", "tasks[0].maximum"
        },
        {
            "a rating of texts", new TaskDefinition("task", "topics", TaskKind.Rating),
            "Task 'task' is a rating, but column 'topics' holds text ('", "tasks[0].kind"
        },
        {
            "a loss for other tasks", new TaskDefinition("task", "", TaskKind.Reconstruction) { Loss = new Choice("quantile") },
            "Task 'task' is reconstruction; loss 'quantile' is for tasks of kind regression. Leave the loss out, or take 'squared-error'.", "tasks[0].loss"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_before_any_training(string mistake, TaskDefinition task, string start, string field)
    {
        var created = TrainingPlan.Create(Definition with { Tasks = [task] }, Table(), MethodCatalogue.Standard);
        created.Error.ShouldNotBeNull(mistake).ToString().ShouldStartWith(start);
        created.Error!.Field.ShouldBe(field);
    }

    private static Table Table()
    {
        var random = new CounterRandom(9, "kinds");
        float[] x = [.. Enumerable.Range(0, Rows).Select(row => (float)random.Fork(1).Normal((ulong)row))];
        float[] y = [.. Enumerable.Range(0, Rows).Select(row => (float)random.Fork(2).Normal((ulong)row))];
        string?[] topics = [.. Enumerable.Range(0, Rows).Select(row => row % 19 == 0 ? null : Joined((x[row] > 0, "sport"), (y[row] > 0.3, "art"), (x[row] + y[row] > 0.5, "tech")))];
        return new Table(
        [
            new NumericColumn("x", x),
            new NumericColumn("y", y),
            TextColumn.Of("topics", topics),
            TextColumn.Of("hot", x.Select(value => value > 0.2 ? "yes" : "no")),
            TextColumn.Of("loud", y.Select(value => value > -0.2 ? "1" : "0")),
            new NumericColumn("stars", [.. x.Select(value => (float)Math.Clamp(Math.Round(3 + (1.5 * value)), 1, 5))]),
            new NumericColumn("noise", [.. x.Select((value, row) => (float)(10 + (3 * value) + (Math.Exp(0.5 * y[row]) * random.Fork(3).Normal((ulong)row))))]),
            new NumericColumn("level", [.. y.Select((value, row) => (float)(5 + value + (0.5 * random.Fork(4).Normal((ulong)row))))]),
        ]);
    }

    private static string Joined(params (bool Holds, string Label)[] labels) => labels.Where(label => label.Holds).Select(label => label.Label).ToArray() is { Length: > 0 } held ? string.Join(";", held) : ";";
}
