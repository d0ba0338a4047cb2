using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Encoders.Fusion;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Encoders;

/// <summary>Tasks that need columns, an image and a text together, by every fusion.</summary>
public class FusionTests
{
    private const int Rows = 400;

    private static readonly Table Table = MakeTable();

    public static TheoryData<string> Keys => [.. FusionTable.Methods.Infos.Select(method => method.Key)];

    public static TheoryData<string, string> KeysAndArchitectures => [.. from fusion in FusionTable.Methods.Infos from architecture in new[] { "mmoe", "mtan", "ltb" } select (fusion.Key, architecture)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_needs_all_modalities_is_learned_and_exported(string key)
    {
        var plan = Plan(new Choice(key)).Value;
        var listener = new RecordingListener();
        var result = Train(plan, listener);

        listener.Last("sum/test_r2").ShouldBeGreaterThan(0.85);
        listener.Last("either/test_accuracy").ShouldBeGreaterThan(0.8);
        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters)).IsWithinTolerance.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(KeysAndArchitectures))]
    public void Every_way_of_sharing_takes_a_fusions_states(string key, string architecture)
    {
        var plan = Plan(new Choice(key), definition => (definition with { Architecture = new Choice(architecture) }).With(training => training with { Epochs = 1 })).Value;
        var parameters = Train(plan).Parameters;

        ParityCheck.Run(plan, parameters, ModelExport.ToOnnx(plan, parameters), rows: 64).IsWithinTolerance.ShouldBeTrue();
    }

    [Fact]
    public void The_fusions_are_late_unless_chosen() =>
        Names(Plan(null).Value).ShouldBe(Names(Plan(new Choice("late")).Value));

    [Fact]
    public void A_shared_trunk_has_one_set_of_parameters_for_all_modalities() =>
        Names(Plan(new Choice("shared")).Value).Where(name => name.Contains("/trunk", StringComparison.Ordinal)).ShouldBe(
            ["shared/encoder/trunk1/weight", "shared/encoder/trunk1/bias", "shared/encoder/trunk2/weight", "shared/encoder/trunk2/bias"]);

    [Fact]
    public void Early_fusion_uses_no_layer_of_a_single_modality() =>
        Names(Plan(new Choice("early")).Value).Where(name => name.StartsWith("shared/", StringComparison.Ordinal)).ShouldBe(
        [
            "shared/encoder/words/embedding/weight",
            "shared/encoder/joined1/weight", "shared/encoder/joined1/bias", "shared/encoder/joined2/weight", "shared/encoder/joined2/bias",
        ]);

    [Fact]
    public void A_fusion_of_one_modality_is_refused()
    {
        var refused = Plan(new Choice("attention"), definition => definition with { Inputs = definition.Inputs with { Include = [], Exclude = ["x", "words", .. Enumerable.Range(0, 4).Select(place => $"p{place}")], Modalities = [definition.Inputs.Modalities[1]] } });

        refused.Error.ShouldNotBeNull().ToString().ShouldBe("Fusion 'attention' joins several modalities, and the inputs are one: words. Leave inputs.fusion out, or add a modality.");
        refused.Error.Field.ShouldBe("inputs.fusion");
    }

    [Fact]
    public void An_unknown_fusion_or_option_is_refused()
    {
        Plan(new Choice("lat")).Error.ShouldNotBeNull().ToString().ShouldBe("There is no fusion 'lat'; the fusions are late, early, shared, attention. Did you mean 'late'?");
        Plan(Sample.Choice("late", ("width", -1))).Error.ShouldNotBeNull().Field.ShouldBe("inputs.fusion.width");
    }

    private static string[] Names(TrainingPlan plan) => [.. plan.BuildModel(plan.Features.PreprocessedInputs(), training: false).Parameters.Select(parameter => parameter.Name)];

    private static Result<TrainingPlan> Plan(Choice? fusion, Func<ExperimentDefinition, ExperimentDefinition>? change = null)
    {
        var definition = new ExperimentDefinition("fusion", new DataDefinition { Path = "fusion.csv" }, [new TaskDefinition("sum", "sum", TaskKind.Regression), new TaskDefinition("either", "either", TaskKind.Binary)])
        {
            Inputs = new InputsDefinition
            {
                Modalities =
                [
                    new ModalityDefinition("picture", ModalityKind.Image, ["p*"]) { Encoder = Sample.Choice("image-cnn", ("filters", new JsonArray(4)), ("units", 8)) },
                    new ModalityDefinition("words", ModalityKind.Text, ["words"]) { Encoder = Sample.Choice("text-cnn", ("width", 8), ("filters", 8)), Tokenizer = Sample.Choice("words", ("maximumTokens", 4)) },
                ],
                Fusion = fusion,
            },
            Encoder = Sample.Choice("mlp", ("widths", new JsonArray(8))),
            Optimizer = Sample.Choice("adam", ("learningRate", 0.01)),
            Training = new TrainingDefinition { Epochs = 30, BatchSize = 32, Patience = 0 },
        };
        return TrainingPlan.Create(change?.Invoke(definition) ?? definition, Table, MethodCatalogue.Standard);
    }

    /// <summary>One number from the column x, one from the upper left pixel, one from whether the text says 'up' or 'down'; the tasks are of their sum.</summary>
    private static Table MakeTable()
    {
        var random = new CounterRandom(8, "fusion");
        double Draw(int row, int what) => (2 * random.Double((ulong)((row * 8) + what))) - 1;
        double Sum(int row) => Draw(row, 0) + Draw(row, 1) + Math.Sign(Draw(row, 6));
        return new Table(
        [
            new NumericColumn("x", [.. Enumerable.Range(0, Rows).Select(row => (float)Draw(row, 0))]),
            .. Enumerable.Range(0, 4).Select(place => new NumericColumn($"p{place}", [.. Enumerable.Range(0, Rows).Select(row => (float)Draw(row, 1 + place))])),
            TextColumn.Of("words", Enumerable.Range(0, Rows).Select(row => Draw(row, 6) > 0 ? "it went up again" : "down it came")),
            new NumericColumn("sum", [.. Enumerable.Range(0, Rows).Select(row => (float)Sum(row))]),
            TextColumn.Of("either", Enumerable.Range(0, Rows).Select(row => Sum(row) > 0 ? "yes" : "no")),
        ]);
    }

    private static TrainingResult Train(TrainingPlan plan, RecordingListener? listener = null) =>
        ((TrainingOutcome.Completed)new Trainer(plan).Run(listener ?? new RecordingListener(), null, default)).Result;
}
