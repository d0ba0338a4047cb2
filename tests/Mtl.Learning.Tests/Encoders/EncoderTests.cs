using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Encoders;
using Mtl.Learning.Encoders.TemporalCnn;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Encoders;

/// <summary>Every encoder trains on its modality, and what it learned exports.</summary>
public class EncoderTests
{
    private const int Rows = 120;

    private static readonly Table Table = MakeTable();

    private static readonly Dictionary<ModalityKind, ModalityDefinition> Modalities = new()
    {
        [ModalityKind.Image] = new("part", ModalityKind.Image, ["p*"]) { Height = 3, Width = 5, Channels = 2 },
        [ModalityKind.Series] = new("part", ModalityKind.Series, ["p*"]) { Channels = 3 },
        [ModalityKind.Text] = new("part", ModalityKind.Text, ["text"]) { Tokenizer = Sample.Choice("words", ("maximumTokens", 6)) },
    };

    public static TheoryData<string, string> Cases => new()
    {
        { "image-cnn", "{}" },
        { "image-cnn", """{"filters": [4, 4, 4], "kernel": 2, "units": 0}""" },
        { "image-cnn", """{"filters": [], "units": 7, "dropout": 0.2}""" },
        { "resnet", """{"stages": [4, 6], "blocks": 2}""" },
        { "text-cnn", """{"width": 8, "kernels": [1, 2, 3], "filters": 5, "dropout": 0.2}""" },
        { "text-cnn", "{}" },
        { "transformer", """{"layers": 2, "heads": 2, "headWidth": 4, "expansion": 2, "dropout": 0.1}""" },
        { "temporal-cnn", """{"window": 4, "stride": 3, "filters": [5, 6]}""" },
        { "temporal-cnn", """{"window": 99, "filters": [5], "units": 0}""" },
        { "temporal-cnn", """{"window": 5, "stride": 5, "filters": [5], "dropout": 0.3}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_encoder_learns_its_modality_and_exports_what_it_learned(string key, string options)
    {
        var plan = Plan(key, options);
        var listener = new RecordingListener();

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        var losses = listener.Reports.SelectMany(report => report.Values).Where(value => value.Key == "all/train_loss").Select(value => value.Value).ToArray();
        losses[^1].ShouldBeLessThan(losses[0]);
        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters)).IsWithinTolerance.ShouldBeTrue();
    }

    [Fact]
    public void Every_encoder_but_the_one_for_columns_is_among_the_cases() =>
        EncoderTable.Methods.Select(method => method.Key).Except(["mlp"]).Except(Cases.Select(row => row.Data.Item1)).ShouldBeEmpty();

    [Fact]
    public void Modalities_with_encoders_of_their_own_train_and_export_together()
    {
        var definition = Definition(new("mlp"), [
            Modalities[ModalityKind.Image] with { Name = "image", Encoder = new("image-cnn") },
            Modalities[ModalityKind.Text] with { Name = "text", Encoder = new("transformer") },
        ]);
        var plan = TrainingPlan.Create(definition, Table, MethodCatalogue.Standard).Value;

        var result = new Trainer(plan).Run(new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters)).IsWithinTolerance.ShouldBeTrue();
    }

    [Fact]
    public void Byte_pair_tokens_are_learned_from_and_exported_too()
    {
        var text = Modalities[ModalityKind.Text] with { Tokenizer = Sample.Choice("byte-pair", ("maximumTokens", 12), ("vocabularySize", 30)) };
        var plan = TrainingPlan.Create(Definition(new("text-cnn"), [text]) with { Inputs = Inputs([text], ["x", "text", "p*"]) }, Table, MethodCatalogue.Standard).Value;

        var result = new Trainer(plan).Run(new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters)).IsWithinTolerance.ShouldBeTrue();
    }

    [Fact]
    public void Windows_lie_a_stride_apart_and_the_last_ends_with_the_series()
    {
        TemporalCnn.Starts(16, 16, 8).ShouldBe([0]);
        TemporalCnn.Starts(32, 16, 8).ShouldBe([0, 8, 16]);
        TemporalCnn.Starts(30, 16, 8).ShouldBe([0, 8, 14]);
        TemporalCnn.Starts(10, 5, 5).ShouldBe([0, 5]);
        TemporalCnn.Starts(10, 4, 5).ShouldBe([0, 5, 6]);
    }

    private static TrainingPlan Plan(string key, string options)
    {
        var encoder = new Choice(key, JsonNode.Parse(options)!.AsObject().ToDictionary(option => option.Key, option => option.Value?.DeepClone()));
        var kind = EncoderTable.Methods.Create(encoder).Value.Takes.Single();
        return TrainingPlan.Create(Definition(encoder, [Modalities[kind]]) with { Inputs = Inputs([Modalities[kind]], ["x", "text", "p*"]) }, Table, MethodCatalogue.Standard).Value;
    }

    private static ExperimentDefinition Definition(Choice encoder, ModalityDefinition[] modalities) => new("encoders", new DataDefinition { Path = "encoders.csv" },
    [
        new TaskDefinition("number", "number", TaskKind.Regression),
        new TaskDefinition("label", "label", TaskKind.Binary),
    ])
    {
        Inputs = new InputsDefinition { Modalities = modalities },
        Encoder = encoder,
        Optimizer = Sample.Choice("adam", ("learningRate", 0.003)),
        Training = new TrainingDefinition { Epochs = 5, BatchSize = 16, Patience = 0, Threads = 1 },
    };

    /// <summary>The modality alone: ordinary columns are left out.</summary>
    private static InputsDefinition Inputs(ModalityDefinition[] modalities, string[] others) => new()
    {
        Modalities = modalities,
        Exclude = [.. Table.Columns.Select(column => column.Name).Where(name => others.Any(other => other.TrimEnd('*') is var start && name.StartsWith(start, StringComparison.Ordinal))
            && !modalities.Any(modality => modality.Columns.Any(own => name.StartsWith(own.TrimEnd('*'), StringComparison.Ordinal))))],
    };

    private static Table MakeTable()
    {
        var random = new CounterRandom(5, "encoder tests");
        var signs = Enumerable.Range(0, Rows).Select(row => random.Double((ulong)row) < 0.5 ? -1f : 1f).ToArray();
        string[] words = ["bad", "awful", "poor", "good", "great", "fine"];
        return new Table(
        [
            .. Enumerable.Range(0, 30).Select(place => new NumericColumn($"p{place:00}", [.. signs.Select((sign, row) => (sign * ((place % 5) - 2)) + (float)random.Fork("p").Normal((ulong)((row * 30) + place)))])),
            TextColumn.Of("text", signs.Select((sign, row) => string.Join(' ', Enumerable.Range(0, row % 8).Select(place => words[random.Fork("words").Below(3, (ulong)((row * 8) + place)) + (sign > 0 ? 3 : 0)])))),
            new NumericColumn("x", [.. signs.Select((sign, row) => sign + (float)random.Fork("x").Normal((ulong)row))]),
            new NumericColumn("number", [.. signs.Select((sign, row) => (10 * sign) + (float)random.Fork("number").Normal((ulong)row))]),
            TextColumn.Of("label", signs.Select(sign => sign > 0 ? "up" : "down")),
        ]);
    }
}
