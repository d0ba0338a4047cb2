using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Reading;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Testing.Data;

namespace Mtl.Learning.Tests.Training;

/// <summary>Real data: the census rows that <c>examples/adult.yaml</c> is for, with its settings.</summary>
public class AdultTests
{
    private static readonly ExperimentDefinition Definition = new("adult", new DataDefinition { Path = "adult.csv" },
    [
        new TaskDefinition("income", "income", TaskKind.Binary) { Positive = ">50K" },
        new TaskDefinition("never-married", "marital_status", TaskKind.Binary) { Positive = "Never-married" },
    ])
    {
        Inputs = new InputsDefinition { Exclude = ["fnlwgt"] },
        Split = new SplitDefinition { Kind = SplitKind.Column, Column = "split" },
        Preprocessing = new PreprocessingDefinition { Numeric = NumericEncoding.PiecewiseLinear, Bins = 32 },
        Encoder = Sample.Choice("mlp", ("widths", new JsonArray(128, 64)), ("dropout", 0.3)),
        Optimizer = Sample.Choice("adamw", ("learningRate", 0.001), ("weightDecay", 0.01)),
        Training = new TrainingDefinition { Epochs = 20, Schedule = new Choice("cosine"), WarmupSteps = 100, Patience = 6 },
    };

    [Fact]
    public void Hard_sharing_predicts_income_and_marriage_better_than_a_plain_network()
    {
        var path = SharedData.Find("adult.csv");
        Assert.SkipWhen(path is null, SharedData.Absent("adult.csv"));
        var plan = TrainingPlan.Create(Definition, TableReader.Read(path).Value, MethodCatalogue.Standard).Value;
        var listener = new RecordingListener();

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        (listener.Starts[0].TrainRows + listener.Starts[0].ValidationRows, listener.Starts[0].TestRows).ShouldBe((32561, 16281));
        listener.Last("income/test_roc_auc").ShouldBeGreaterThanOrEqualTo(0.910);
        listener.Last("never-married/test_roc_auc").ShouldBeGreaterThanOrEqualTo(0.963);
        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters)).IsWithinTolerance.ShouldBeTrue();
    }
}
