using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;
using Mtl.Data.Reading;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;
using Mtl.Testing.Data;

namespace Mtl.Learning.Tests.Encoders;

/// <summary>Two overlapping handwritten digits, a task for each, with source images divided between the sides.</summary>
public class DigitPairsTests
{
    private static readonly ExperimentDefinition Definition = new("digit pairs", new DataDefinition { Path = "pairs.csv" },
    [
        new TaskDefinition("left", "left", TaskKind.Multiclass),
        new TaskDefinition("right", "right", TaskKind.Multiclass),
    ])
    {
        Inputs = new InputsDefinition { Modalities = [new ModalityDefinition("image", ModalityKind.Image, ["p*"]) { Height = DigitPairs.Height, Width = DigitPairs.Width }] },
        Split = new SplitDefinition { Kind = SplitKind.Column, Column = "split" },
        Encoder = Sample.Choice("image-cnn", ("filters", new JsonArray(24, 48)), ("units", 128)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.002)),
        Training = new TrainingDefinition { Epochs = 8, BatchSize = 64, Schedule = new("cosine"), Patience = 0, Threads = 1 },
    };

    [Fact]
    public void Hard_sharing_over_an_image_cnn_reads_both_digits()
    {
        var path = SharedData.Find("digits.csv");
        Assert.SkipWhen(path is null, SharedData.Absent("digits.csv"));
        var pairs = DigitPairs.Generate(TableReader.Read(path).Value).Value;
        var plan = TrainingPlan.Create(Definition, pairs, MethodCatalogue.Standard).Value;
        var listener = new RecordingListener();

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        listener.Last("left/test_accuracy").ShouldBeGreaterThanOrEqualTo(0.92);
        listener.Last("right/test_accuracy").ShouldBeGreaterThanOrEqualTo(0.92);
        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters)).IsWithinTolerance.ShouldBeTrue();
    }
}
