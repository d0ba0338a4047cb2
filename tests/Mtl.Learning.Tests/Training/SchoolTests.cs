using System.Diagnostics;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Reading;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Testing.Data;

namespace Mtl.Learning.Tests.Training;

/// <summary>Real data: 139 tasks with rows of their own, as <c>examples/school.yaml</c> has them.</summary>
public class SchoolTests(ITestOutputHelper output)
{
    private static readonly ExperimentDefinition Definition = new("school", new DataDefinition { Path = "school.csv" },
        [new TaskDefinition("score", "exam_score", TaskKind.Regression) { By = "school" }])
    {
        Split = new SplitDefinition { Kind = SplitKind.Stratified, Column = "school", Validation = 0.15, Test = 0.25 },
        Encoder = Sample.Choice("mlp", ("widths", new JsonArray(32)), ("dropout", 0.1)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.003)),
        Training = new TrainingDefinition { Epochs = 10, Patience = 0, AnalysisEvery = 0 },
    };

    [Theory]
    [InlineData("hps")]
    [InlineData("stl")]
    public void A_hundred_and_thirty_nine_schools_train_as_one_problem(string architecture)
    {
        var path = SharedData.Find("school.csv");
        Assert.SkipWhen(path is null, SharedData.Absent("school.csv"));
        var began = Stopwatch.GetTimestamp();
        var plan = TrainingPlan.Create(Definition with { Architecture = new Choice(architecture) }, TableReader.Read(path).Value, MethodCatalogue.Standard).Value;
        var planned = Stopwatch.GetElapsedTime(began);
        var listener = new RecordingListener();

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        output.WriteLine($"{architecture}: plan {planned.TotalSeconds:F2} s, run {Stopwatch.GetElapsedTime(began).TotalSeconds - planned.TotalSeconds:F2} s of which training {result.Elapsed.TotalSeconds:F2} s, "
            + $"{result.Steps} steps, R² {listener.Last("all/test_r2"):F4}");
        plan.Tasks.Count.ShouldBe(139);
        plan.Groups!.Count.ShouldBe(139);
        if (architecture == "hps")
            listener.Last("all/test_r2").ShouldBeGreaterThan(0.2);
        ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters), rows: 8).IsWithinTolerance.ShouldBeTrue();
    }
}
