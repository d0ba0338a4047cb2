using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Classical;
using Mtl.Learning.Export;
using Mtl.Learning.State;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;
using Mtl.Runtime;

namespace Mtl.Learning.Tests.Classical;

public sealed class LearnerRunTests
{
    public static TheoryData<string> Keys => [.. LearnerTable.Methods.Select(method => method.Key).Where(key => key != Learners.Network)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_learner_beats_the_constant_prediction_with_a_falling_objective_and_an_exported_model_of_the_same_numbers(string key)
    {
        var plan = PlanOf(key);
        var listener = new RecordingListener();

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        foreach (var stage in listener.Reports.SelectMany(report => report.Values.Where(value => value.Key == "all/objective").Select(value => (report.Epoch, value.Value))).GroupBy(point => point.Epoch))
            stage.Zip(stage.Skip(1)).ShouldAllBe(pair => pair.Second.Value <= pair.First.Value + 1e-9 * Math.Abs(pair.First.Value));
        listener.Starts[0].TotalSteps.ShouldBe(0);
        listener.Positions.ShouldAllBe(position => position.TotalSteps == 0 && position.Epoch >= 1 && position.Epoch <= position.Epochs);
        listener.Lines.ShouldNotContain(line => line.StartsWith("Not converged", StringComparison.Ordinal));
        result.Metrics.Single(metric => metric.Key == "price/test_r2").Value.ShouldBeGreaterThan(0.7);
        if (plan.Tasks.Count > 1)
            result.Metrics.Single(metric => metric.Key == "grade/test_accuracy").Value.ShouldBeGreaterThan(0.6);
        var onnx = ModelExport.ToOnnx(plan, result.Parameters);
        ParityCheck.Run(plan, result.Parameters, onnx).IsWithinTolerance.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_stopped_run_goes_on_bit_for_bit(string key)
    {
        var plan = PlanOf(key);
        var whole = new RecordingListener();
        var expected = new Trainer(plan).Run(whole, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;
        var half = Math.Max(1, whole.Positions[^1].Step / 2);
        using var stop = new CancellationTokenSource();
        var first = new RecordingListener(step =>
        {
            if (step == half)
                stop.Cancel();
        });
        var checkpoint = new Trainer(plan).Run(first, null, stop.Token).ShouldBeOfType<TrainingOutcome.Stopped>().Checkpoint;
        using var file = new MemoryStream();
        checkpoint.Write(file);
        file.Position = 0;

        var second = new RecordingListener();
        var actual = new Trainer(PlanOf(key)).Run(second, Checkpoint.Read(file).Value, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        actual.Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());
        first.Bits.Concat(second.Bits).ShouldBe(whole.Bits);
    }

    [Fact]
    public void A_column_that_would_be_embedded_is_refused()
    {
        var error = TrainingPlan.Create(Sample.Definition with { Learner = new Choice("ridge") }, Sample.Table(), MethodCatalogue.Standard).Error!;

        error.Field.ShouldBe("learner");
        error.ToString().ShouldBe(
            "Learner 'ridge' takes numbers, and column 'city' with its 40 categories goes to a learned embedding. "
            + "Raise preprocessing.oneHotLimit (it is 8) so that it becomes one-hot features, or exclude it.");
    }

    [Fact]
    public void Another_loss_than_the_learners_is_refused()
    {
        var definition = Definition("ridge");
        definition = definition with { Tasks = [definition.Tasks[0] with { Loss = new Choice("huber") }] };

        TrainingPlan.Create(definition, Sample.Table(), MethodCatalogue.Standard).Error!.Message.ShouldBe("Learner 'ridge' fits squared-error, and task 'price' asks for loss 'huber'.");
    }

    [Fact]
    public void One_pooled_model_for_tasks_of_several_kinds_is_refused()
    {
        var definition = Definition("ridge") with { Learner = new Choice("pooled-ridge") };

        TrainingPlan.Create(definition, Sample.Table(), MethodCatalogue.Standard).Error!.Message.ShouldBe("One pooled model is for tasks of one kind, and 'price' is regression while 'sold' is binary.");
    }

    [Fact]
    public void A_ridge_lost_in_rounding_ends_the_run_with_its_strength()
    {
        var sample = Sample.Table(60);
        var table = new Table([.. sample.Columns.Select(column => column.Name is "area" or "rooms" ? new NumericColumn(column.Name, [.. Enumerable.Range(0, 60).Select(row => row % 2f)]) : column)]);
        var definition = Definition("kernel-ridge") with
        {
            Learner = Sample.Choice("kernel-ridge", ("lambda", 1e-9), ("pathRatio", 1e-8), ("path", 2)),
            Inputs = new InputsDefinition { Include = ["area", "rooms"] },
        };

        var failed = new Trainer(TrainingPlan.Create(definition, table, MethodCatalogue.Standard).Value).Run(new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Failed>();

        failed.Error.Message.ShouldBe("The objective is no longer a number in iteration 2 (λ = 1E-17).");
    }

    [Fact]
    public void A_solver_that_gets_no_further_is_warned_of_with_its_residual()
    {
        var plan = PlanOf("pooled-ridge");
        var listener = new RecordingListener();
        using var loop = new FittingLoop(plan, new Stuck(plan.Learner!), 1, TimeProvider.System, listener);

        loop.Run(null, default).ShouldBeOfType<TrainingOutcome.Completed>();

        var warnings = listener.Lines.Where(line => line.StartsWith("Not converged after 1 iterations with λ = ", StringComparison.Ordinal)).ToArray();
        warnings.Length.ShouldBe(listener.Starts[0].Epochs);
        warnings.ShouldAllBe(line => line.EndsWith(": optimality residual 2.5e-3. Rounding leaves no step that lowers the objective; allow a larger tolerance, or strengthen the penalty.", StringComparison.Ordinal));
    }

    private static TrainingPlan PlanOf(string key) => TrainingPlan.Create(Definition(key), Sample.Table(), MethodCatalogue.Standard).Value;

    private static ExperimentDefinition Definition(string key) => Sample.Definition with
    {
        Learner = new Choice(key),
        Tasks = key == "pooled-ridge" ? [Sample.Definition.Tasks[0]] : Sample.Definition.Tasks,
        Preprocessing = new PreprocessingDefinition(),
    };

    /// <summary>A learner whose every iteration is its stage's last, short of the tolerance.</summary>
    private sealed class Stuck(Learner inner) : Learner
    {
        public override bool IsSeparable => inner.IsSeparable;

        public override IReadOnlyList<Node> Build(ArchitectureContext context) => inner.Build(context);

        public override IFitting Begin() => new Fitting(inner.Begin());

        private sealed class Fitting(IFitting inner) : IFitting
        {
            public IReadOnlyList<NamedTensor> State => inner.State;

            public int Stages => inner.Stages;

            public int MaximumIterations => inner.MaximumIterations;

            public string Describe(int stage) => inner.Describe(stage);

            public FitProgress Iterate(int stage, int iteration) => new(inner.Iterate(stage, iteration).Objective, 2.5e-3, double.NaN, IsConverged: false) { IsStuck = true };

            public void Write(FlatBuffer parameters) => inner.Write(parameters);
        }
    }
}
