using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

/// <summary>A trunk trained on price and sale, taken over to the grade.</summary>
public class TransferTests
{
    private static readonly ExperimentDefinition First = Sample.Definition with
    {
        Inputs = new InputsDefinition { Include = ["area", "rooms", "colour", "city"] },
        Tasks = [.. Sample.Definition.Tasks.Take(2)],
    };

    private static readonly byte[] SourceFile = Export(First);

    private static readonly TransferSource Source = TransferSource.Read(SourceFile).Value;

    public static TheoryData<string, ExperimentDefinition, byte[]?, string> Misfits => new()
    {
        {
            "no source", Grade(freeze: true), null,
            "The definition starts from run 'first', whose parameters were not given. Read them from its exported model (TransferSource.Read) and give them with the definition."
        },
        {
            "no transfer", Grade(freeze: true) with { Transfer = null }, SourceFile,
            "A source to start from was given, but the definition has no transfer. Add transfer to the definition, or leave the source out."
        },
        {
            "other inputs", Grade(freeze: true) with { Inputs = new InputsDefinition { Include = ["area", "rooms", "colour"] } }, SourceFile,
            "The source model takes the inputs area, rooms, colour, city; this experiment has area, rooms, colour. Give it the same inputs, in the same order (inputs.include, inputs.exclude)."
        },
        {
            "other categories", Grade(freeze: true).With(training => training with { Seed = 5 }), SourceFile,
            "Input 'colour' means something else in the source model: its kind, its features (missing indicator, bins, one-hot or embedded), or the texts it knows and their order, are not those of this experiment. "
            + "A trained trunk knows features, categories and words by their places: use the same preprocessing and data with the same ones, or leave the column out of both."
        },
        {
            "other bins", Grade(freeze: true) with { Preprocessing = First.Preprocessing with { Bins = 3 } }, SourceFile,
            "Input 'area' means something else in the source model: its kind, its features (missing indicator, bins, one-hot or embedded), or the texts it knows and their order, are not those of this experiment. "
            + "A trained trunk knows features, categories and words by their places: use the same preprocessing and data with the same ones, or leave the column out of both."
        },
        {
            "nothing shared here", Grade(freeze: true) with { Architecture = new Choice("stl") }, SourceFile,
            "This experiment's architecture shares no parameters, so there is nothing to take over. Take an architecture that shares some, as the source has."
        },
        {
            "other width", Grade(freeze: true) with { Encoder = Sample.Choice("mlp", ("widths", new JsonArray(16, 4))) }, SourceFile,
            "The shared parameter 'shared/encoder/layer2/weight' has shape [16, 8] in the source model and [16, 4] here. Take the source's encoder, with its options, and its preprocessing."
        },
        {
            "other architecture", Grade(freeze: true) with { Architecture = Sample.Choice("mmoe", ("experts", 1)) }, SourceFile,
            "The source model has no shared parameter 'shared/expert1/layer1/weight'; it has shared/encoder/embedding1/weight, shared/encoder/layer1/bias, shared/encoder/layer1/weight, "
            + "shared/encoder/layer2/bias, shared/encoder/layer2/weight. Take the source's architecture and encoder with their options. Parameters named for the source's tasks can't be taken over to others."
        },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void What_does_not_fit_is_named_before_any_training(string misfit, ExperimentDefinition definition, byte[]? source, string text)
    {
        var plan = Plan(definition, source is null ? null : TransferSource.Read(source).Value);

        plan.Error.ShouldNotBeNull(misfit).ToString().ShouldBe(text);
        plan.Error.Field.ShouldBe("transfer");
    }

    [Fact]
    public void As_many_features_of_other_columns_do_not_fit()
    {
        var table = Sample.Table();
        var moved = new Table([.. table.Columns.Select(Column (column) => column.Name switch
        {
            "area" => new NumericColumn("area", [.. ((NumericColumn)column).Values.Select(value => float.IsNaN(value) ? 100 : value)]),
            "rooms" => new NumericColumn("rooms", [.. ((NumericColumn)column).Values.Select((value, row) => row % 10 == 0 ? float.NaN : value)]),
            _ => column,
        })]);

        var plan = TrainingPlan.Create(Grade(freeze: true), moved, MethodCatalogue.Standard, Source);

        plan.Error.ShouldNotBeNull().Message.ShouldStartWith("Input 'area' means something else in the source model");
        var (source, here) = (Plan(Grade(freeze: true), Source).Value, TrainingPlan.Create(Grade(freeze: true) with { Transfer = null }, moved, MethodCatalogue.Standard).Value);
        here.Features.FeatureCount.ShouldBe(source.Features.FeatureCount);
    }

    [Fact]
    public void A_model_whose_tasks_share_nothing_is_no_source() =>
        TransferSource.Read(Export(First with { Architecture = new Choice("stl") })).Error.ShouldNotBeNull().ToString().ShouldBe(
            "The source model has no shared parameters: nothing was shared between its tasks. Start from a run with an architecture that shares some, such as 'hps'.");

    [Fact]
    public void A_foreign_model_is_no_source() =>
        TransferSource.Read(OnnxModel.Write(ComputationGraph.Of([("y", Node.Input("x", ElementType.Float, ["batch"]).Relu())]))).Error.ShouldNotBeNull().ToString().ShouldBe(
            "The source model was not exported by this platform (or by an older version): it does not say what its inputs mean. Give the exported model of a completed run.");

    [Fact]
    public void A_frozen_trunk_stays_to_the_bit_while_the_head_learns()
    {
        var plan = Plan(Grade(freeze: true), Source).Value;

        var exported = Parameters(Export(plan));

        foreach (var (name, value) in Source.Parameters)
            exported[name].ShouldBe(value.Span<float>().ToArray(), name);
        var start = Started(plan);
        exported["task/grade/head/output/weight"].ShouldNotBe(start["task/grade/head/output/weight"]);
        start.Keys.ShouldAllBe(name => name.StartsWith("task/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tuned_trunk_starts_as_the_source_ended_and_learns_on()
    {
        var plan = Plan(Grade(freeze: false), Source).Value;

        var (start, exported) = (Started(plan), Parameters(Export(plan)));

        foreach (var (name, value) in Source.Parameters)
        {
            start[name].ShouldBe(value.Span<float>().ToArray(), name);
            exported[name].ShouldNotBe(start[name], name);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_exported_model_computes_what_was_trained(bool freeze)
    {
        var plan = Plan(Grade(freeze), Source).Value;
        var parameters = Train(plan).Parameters;

        ParityCheck.Run(plan, parameters, ModelExport.ToOnnx(plan, parameters)).IsWithinTolerance.ShouldBeTrue();
    }

    [Fact]
    public void A_model_with_a_frozen_trunk_is_a_source_again()
    {
        var second = TransferSource.Read(Export(Plan(Grade(freeze: true), Source).Value)).Value;

        Plan(Grade(freeze: true), second).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public void Tasks_on_a_frozen_trunk_share_nothing_that_is_trained()
    {
        var listener = new RecordingListener();
        var all = Grade(freeze: true) with { Tasks = Sample.Definition.Tasks };

        Train(Plan(all, Source).Value, listener);

        listener.Starts[0].SharedParameters.ShouldBe(0);
        Plan(all with { Weighting = new Choice("pcgrad") }, Source).Error.ShouldNotBeNull().ToString().ShouldBe(
            "On a frozen trunk the tasks share no parameters that are trained, so weighting 'pcgrad' has nothing to weigh. Take weighting ew with it, or train the trunk on (transfer.freeze: false).");
    }

    [Fact]
    public void A_run_resumes_only_from_a_checkpoint_of_the_same_source()
    {
        var plan = Plan(Grade(freeze: false), Source).Value;
        var expected = Train(plan).Parameters.ToArray();
        using var stop = new CancellationTokenSource();
        var checkpoint = ((TrainingOutcome.Stopped)new Trainer(plan).Run(new RecordingListener(step => { if (step == 9) stop.Cancel(); }), null, stop.Token)).Checkpoint;

        ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), checkpoint, default)).Result.Parameters.ToArray().ShouldBe(expected);
        var other = Plan(Grade(freeze: false), TransferSource.Read(Export(First.With(training => training with { Epochs = 1 }))).Value).Value;
        new Trainer(other).Run(new RecordingListener(), checkpoint, default).ShouldBeOfType<TrainingOutcome.Failed>().Error.Message.ShouldStartWith("The checkpoint belongs to another run");
    }

    [Fact]
    public void Where_the_source_lies_does_not_make_another_run() =>
        Plan(Grade(freeze: true) with { Transfer = new TransferDefinition { Model = "first.onnx", Freeze = true } }, Source).Value.Fingerprint.ShouldBe(Plan(Grade(freeze: true), Source).Value.Fingerprint);

    private static ExperimentDefinition Grade(bool freeze) => First with { Tasks = [Sample.Definition.Tasks[2]], Transfer = new TransferDefinition { Run = "first", Freeze = freeze } };

    private static Result<TrainingPlan> Plan(ExperimentDefinition definition, TransferSource? source) => TrainingPlan.Create(definition, Sample.Table(), MethodCatalogue.Standard, source);

    private static byte[] Export(ExperimentDefinition definition) => Export(Plan(definition, null).Value);

    private static byte[] Export(TrainingPlan plan) => ModelExport.ToOnnx(plan, Train(plan).Parameters);

    private static Dictionary<string, float[]> Parameters(byte[] onnx) => OnnxModel.Read(onnx).Value.Initializers
        .Where(entry => entry.Key.Contains('/', StringComparison.Ordinal) && entry.Value.ElementType == ElementType.Float).ToDictionary(entry => entry.Key, entry => entry.Value.Span<float>().ToArray());

    /// <summary>The trained parameters before training.</summary>
    private static Dictionary<string, float[]> Started(TrainingPlan plan)
    {
        var model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false);
        var values = new float[model.Layout.Length];
        plan.Initialize(model, values);
        return model.Layout.Slots.ToDictionary(slot => slot.Name, slot => values.AsSpan(slot.Offset, slot.Length).ToArray());
    }

    private static TrainingResult Train(TrainingPlan plan, RecordingListener? listener = null) =>
        ((TrainingOutcome.Completed)new Trainer(plan).Run(listener ?? new RecordingListener(), null, default)).Result;
}
