using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Architectures;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Architectures;

/// <summary>Every architecture trained, exported and taken up again.</summary>
public class ArchitectureTrainingTests
{
    public static TheoryData<string, int> KeysAndTasks => [.. ArchitectureTable.Methods.Infos.SelectMany(method => new[] { 2, 3 }.Select(tasks => (method.Key, tasks)))];

    [Theory]
    [MemberData(nameof(KeysAndTasks))]
    public void The_exported_model_computes_what_was_trained(string key, int tasks)
    {
        var plan = Sample.Plan(definition => (definition with
        {
            Architecture = new Choice(key),
            Weighting = new Choice(tasks == 2 || key is "stl" or "soft" ? "ew" : "pcgrad"),
            Tasks = [.. definition.Tasks.Take(tasks)],
        }).With(training => training with { Epochs = 3 }));
        var parameters = Train(plan).Parameters;

        var report = ParityCheck.Run(plan, parameters, ModelExport.ToOnnx(plan, parameters));

        report.IsWithinTolerance.ShouldBeTrue($"{report}");
    }

    [Theory]
    [MemberData(nameof(KeysAndTasks))]
    public void Tasks_that_want_opposite_things_are_learned(string key, int tasks)
    {
        var plan = TrainingPlan.Create(Conflict(tasks) with { Architecture = new Choice(key) }, ConflictTable, Mtl.Learning.Catalogue.MethodCatalogue.Standard).Value;
        var listener = new RecordingListener();

        Train(plan, listener);

        var first = listener.Reports[0].Values.Single(value => value.Key == "all/train_loss").Value;
        listener.Last("all/train_loss").ShouldBeLessThan(0.6 * first);
        for (var task = 1; task <= tasks; task++)
            listener.Last($"y{task}/test_r2").ShouldBeGreaterThan(0.5);
    }

    [Theory]
    [InlineData("ltb", "ew")]
    [InlineData("ltb", "pcgrad")]
    [InlineData("dselect-k", "pcgrad")]
    [InlineData("mtan", "pcgrad")]
    [InlineData("soft", "uw")]
    public void A_run_stopped_amid_its_schedule_goes_on_as_if_undisturbed(string key, string weighting)
    {
        var plan = Sample.Plan(definition => definition with { Architecture = new Choice(key), Weighting = new Choice(weighting) });
        var undisturbed = new RecordingListener();
        var expected = Train(plan, undisturbed);
        foreach (var stopAt in new[] { 9, 23 })
        {
            using var stop = new CancellationTokenSource();
            var first = new RecordingListener(step => { if (step == stopAt) stop.Cancel(); });
            var stopped = new Trainer(plan).Run(first, null, stop.Token).ShouldBeOfType<TrainingOutcome.Stopped>();
            var second = new RecordingListener();

            var resumed = ((TrainingOutcome.Completed)new Trainer(plan).Run(second, stopped.Checkpoint, default)).Result;

            first.Bits.Concat(second.Bits).ShouldBe(undisturbed.Bits);
            resumed.Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());
        }
    }

    [Fact]
    public void Softly_tied_tasks_keep_one_epoch_and_untied_ones_their_own()
    {
        IEnumerable<int> Best(double strength) => Train(Sample.Plan(definition => (definition with { Architecture = Sample.Choice("soft", ("strength", strength)), Optimizer = Sample.Choice("adam", ("learningRate", 0.05)) }).With(training => training with { Epochs = 10 })))
            .BestEpochs.Values.Distinct();

        Best(0.1).Count().ShouldBe(1);
        Best(0).Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void The_stronger_the_tie_the_closer_the_encoders()
    {
        double Distance(double strength)
        {
            var plan = Sample.Plan(definition => definition with { Architecture = Sample.Choice("soft", ("strength", strength)) });
            var parameters = Train(plan).Parameters;
            var layout = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false).Layout;
            ReadOnlySpan<float> Weights(string task) => parameters.Span.Slice(layout[$"task/{task}/encoder/layer1/weight"].Offset, layout[$"task/{task}/encoder/layer1/weight"].Length);
            return Weights("price").ToArray().Zip(Weights("sold").ToArray(), (a, b) => Math.Pow(a - b, 2)).Sum();
        }

        double[] distances = [Distance(0), Distance(0.05), Distance(5)];

        distances.ShouldBeInOrder(SortDirection.Descending);
        distances[2].ShouldBeLessThan(0.01 * distances[0]);
    }

    [Fact]
    public void A_loss_weighting_weighs_tied_tasks()
    {
        var listener = new RecordingListener();

        Train(Sample.Plan(definition => definition with { Architecture = new Choice("soft"), Weighting = new Choice("uw") }), listener);

        listener.Last("price/weight").ShouldNotBe(listener.Last("grade/weight"));
    }

    /// <summary>y1 = f, y2 = −f + g, y3 = f·sign(x1): what serves one task's output layer harms another's.</summary>
    private static Table ConflictTable { get; } = MakeConflictTable(600);

    private static ExperimentDefinition Conflict(int tasks) => new("conflict", new DataDefinition { Path = "conflict.csv" }, [.. Enumerable.Range(1, tasks).Select(task => new TaskDefinition($"y{task}", $"y{task}", TaskKind.Regression))])
    {
        Inputs = new InputsDefinition { Include = ["x1", "x2", "x3"] },
        Encoder = Sample.Choice("mlp", ("widths", new JsonArray(24, 12)), ("dropout", 0)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.01)),
        Training = new TrainingDefinition { Epochs = 16, BatchSize = 32, Patience = 0 },
    };

    private static Table MakeConflictTable(int rows)
    {
        var random = new CounterRandom(4, "conflict");
        var columns = Enumerable.Range(0, 6).Select(_ => new float[rows]).ToArray();
        for (var row = 0; row < rows; row++)
        {
            double[] x = [.. Enumerable.Range(0, 3).Select(i => random.Normal((ulong)(row * 4 + i)))];
            var (f, g) = (x[0] - x[1] + Math.Sin(2 * x[2]), 0.8 * x[2]);
            double[] values = [.. x, f, -f + g, f * Math.Sign(x[0])];
            for (var column = 0; column < columns.Length; column++)
                columns[column][row] = (float)values[column];
        }

        string[] names = ["x1", "x2", "x3", "y1", "y2", "y3"];
        return new Table([.. names.Zip(columns, (name, values) => new NumericColumn(name, values))]);
    }

    private static TrainingResult Train(TrainingPlan plan, RecordingListener? listener = null) =>
        ((TrainingOutcome.Completed)new Trainer(plan).Run(listener ?? new RecordingListener(), null, default)).Result;
}
