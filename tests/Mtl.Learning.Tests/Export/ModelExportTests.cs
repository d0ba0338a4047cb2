using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Graph.Onnx;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Export;

public class ModelExportTests
{
    private static readonly TrainingPlan Plan = Sample.Plan();
    private static readonly ReadOnlyMemory<float> Parameters = Train(Plan);
    private static readonly byte[] Onnx = ModelExport.ToOnnx(Plan, Parameters);

    [Fact]
    public void The_exported_model_computes_what_the_trained_graph_does()
    {
        var report = ParityCheck.Run(Plan, Parameters, Onnx, rows: 2000);

        report.IsWithinTolerance.ShouldBeTrue($"{report}");
        report.Rows.ShouldBe(2000);
    }

    [Theory]
    [InlineData("gelu", 0)]
    [InlineData("silu", 8)]
    [InlineData("tanh", 0)]
    public void Parity_holds_for_every_activation_and_architecture(string activation, int headUnits)
    {
        foreach (var architecture in new[] { "hps", "stl" })
        {
            var plan = Sample.Plan(definition => (definition with
            {
                Architecture = Sample.Choice(architecture, ("headUnits", headUnits)),
                Encoder = Sample.Choice("mlp", ("activation", activation), ("widths", new JsonArray(12))),
            }).With(training => training with { Epochs = 1 }));
            var parameters = Train(plan);

            ParityCheck.Run(plan, parameters, ModelExport.ToOnnx(plan, parameters)).IsWithinTolerance.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_model_with_other_parameters_does_not_pass_the_check()
    {
        var altered = Parameters.ToArray();
        for (var i = 0; i < altered.Length; i++)
            altered[i] *= 1.001f;

        ParityCheck.Run(Plan, altered, Onnx).IsWithinTolerance.ShouldBeFalse();
    }

    [Fact]
    public void A_model_that_gives_no_number_does_not_pass_the_check()
    {
        var spoiled = Parameters.ToArray();
        Array.Fill(spoiled, float.NaN);

        var report = ParityCheck.Run(Plan, spoiled, ModelExport.ToOnnx(Plan, spoiled));

        report.MaximumDifference.ShouldBe(double.NaN);
        report.IsWithinTolerance.ShouldBeFalse();
    }

    [Fact]
    public void Export_gives_the_same_bytes_each_time() => ModelExport.ToOnnx(Sample.Plan(), Parameters).ShouldBe(Onnx);

    [Fact]
    public void Inputs_are_the_raw_columns_and_outputs_the_tasks()
    {
        using var model = Executable.Load(Onnx, "exported").Value;

        model.Inputs.Select(input => $"{input.Name} {input}").ShouldBe(
            ["area Float [batch, 1]", "rooms Float [batch, 1]", "colour String [batch, 1]", "city String [batch, 1]"]);
        model.Outputs.Select(output => $"{output.Name} {output}").ShouldBe(
            ["price Float [batch, 1]", "sold Float [batch, 1]", "sold_label String [batch, 1]", "grade Float [batch, 3]", "grade_label String [batch, 1]"]);
    }

    [Fact]
    public void The_signature_of_its_MLflow_layout_is_the_graphs() => MlflowSignature.ShouldFit(Onnx, Plan.Signature);

    [Fact]
    public void Labels_are_the_most_probable_ones()
    {
        using var model = Executable.Load(Onnx, "exported").Value;
        var table = Sample.Table(50, seed: 9);
        var outputs = model.Run(Raw(table)).Value;

        for (var row = 0; row < 50; row++)
        {
            outputs["sold_label"].Values<string>()[row].ShouldBe(outputs["sold"].Values<float>()[row] > 0.5f ? "yes" : "no");
            var probabilities = outputs["grade"].Values<float>().AsSpan(row * 3, 3).ToArray();
            probabilities.Sum().ShouldBe(1, 1e-5f);
            outputs["grade_label"].Values<string>()[row].ShouldBe(new[] { "low", "middle", "top" }[Array.IndexOf(probabilities, probabilities.Max())]);
        }
    }

    [Fact]
    public void Regression_comes_out_in_the_columns_units()
    {
        using var model = Executable.Load(Onnx, "exported").Value;

        model.Run(Raw(Sample.Table(50, seed: 9))).Value["price"].Values<float>().Average().ShouldBeInRange(500, 3000);
    }

    [Fact]
    public void What_is_infinite_counts_as_missing()
    {
        using var model = Executable.Load(Onnx, "exported").Value;
        IReadOnlyDictionary<string, Tensor> Row(float area) => new Dictionary<string, Tensor>
        {
            ["area"] = Tensor.Column([area]), ["rooms"] = Tensor.Column([2f]), ["colour"] = Tensor.Column(["red"]), ["city"] = Tensor.Column(["city1"]),
        };

        var missing = model.Run(Row(float.NaN)).Value["price"].Values<float>();
        model.Run(Row(float.PositiveInfinity)).Value["price"].Values<float>().ShouldBe(missing);
        model.Run(Row(float.NegativeInfinity)).Value["price"].Values<float>().ShouldBe(missing);
    }

    [Fact]
    public void The_signature_travels_with_the_model()
    {
        var metadata = OnnxModel.Read(Onnx).Value.Metadata;

        var signature = DefinitionJson.Read<ModelSignature>(metadata[ModelSignature.MetadataKey]).Value;

        signature.Inputs.Select(input => (input.Name, input.Kind)).ShouldBe(
            [("area", InputKind.Numeric), ("rooms", InputKind.Numeric), ("colour", InputKind.Categorical), ("city", InputKind.Categorical)]);
        signature.Inputs[1].IsWhole.ShouldBeTrue();
        (signature.Inputs[1].Minimum, signature.Inputs[1].Maximum).ShouldBe((1, 5));
        signature.Inputs[2].Categories.Order().ShouldBe(["blue", "green", "grey", "red"]);
        signature.Outputs.Select(output => (output.Task, output.Column, output.Kind)).ShouldBe(
            [("price", "price", TaskKind.Regression), ("sold", "sold", TaskKind.Binary), ("grade", "grade", TaskKind.Multiclass)]);
        signature.Outputs[1].Labels.ShouldBe(["no", "yes"]);
    }

    private static Dictionary<string, Tensor> Raw(Mtl.Data.Tables.Table table) => Plan.Features.Columns.ToDictionary(
        column => column.Name, column => Mtl.Learning.Preprocessing.FeatureMatrix.RawRows(table[column.Name], 0, table.RowCount));

    private static ReadOnlyMemory<float> Train(TrainingPlan plan) => ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), null, default)).Result.Parameters;
}
