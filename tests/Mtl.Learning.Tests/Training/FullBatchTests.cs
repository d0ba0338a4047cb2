using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

/// <summary>Training with optimisers that work on all rows at once.</summary>
public class FullBatchTests
{
    [Theory]
    [InlineData("hps")]
    [InlineData("soft")]
    public void Chunks_of_rows_add_up_to_the_whole(string architecture)
    {
        var table = Sample.Table(6000);
        ExperimentDefinition Architecture(ExperimentDefinition definition) => definition with { Architecture = new Choice(architecture), Encoder = Smooth };
        var chunked = Sample.Plan(definition => Architecture(definition) with { Optimizer = new Choice("gd") }, table);
        var whole = Sample.Plan(definition => Architecture(definition).With(training => training with { BatchSize = 10_000 }), table);
        chunked.TrainRows.Length.ShouldBeGreaterThan(chunked.RowsPerPass);
        float[] weights = [1, 2, 0.5f];
        using var parts = new TrainingStep(chunked, 1, perTask: false);
        using var once = new TrainingStep(whole, 1, perTask: false);
        once.Model.Initialize(once.Parameters.All, 1);
        once.Run(whole.TrainRows, 1, weights);
        var gradients = new float[once.Gradients.All.Length];

        var pass = new FullBatchPass(chunked, parts);
        var objective = pass.Evaluate(1, weights, once.Parameters.All, gradients);

        objective.ShouldBe(once.Losses.ToArray().Zip(weights, (loss, weight) => (double)loss * weight).Sum() + once.Penalty, 1e-5);
        for (var i = 0; i < gradients.Length; i++)
            gradients[i].ShouldBe(once.Gradients.All[i], 1e-5f);
        pass.Losses.ToArray().Zip(once.Losses.ToArray()).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        pass.Labelled.ToArray().ShouldBe(once.Labelled.ToArray());
    }

    [Fact]
    public void A_penalty_that_depends_on_the_rows_counts_by_the_mean_of_the_chunks_as_its_gradient_does()
    {
        var plan = Sample.Plan(
            definition => definition with
            {
                Architecture = Sample.Choice("dselect-k", ("perExample", true), ("entropyWeight", 1)), Encoder = Smooth, Optimizer = new Choice("lbfgs"),
            },
            Sample.Table(6000));
        using var step = new TrainingStep(plan, 1, perTask: false);
        step.Model.Initialize(step.Parameters.All, 1);
        foreach (var parameter in step.Model.Parameters.Where(parameter => parameter.Name.Contains("/gate/digits", StringComparison.Ordinal)))
            foreach (ref var value in step.Parameters[parameter.Name])
                value *= 30;
        var (start, gradients) = (step.Parameters.All.ToArray(), new float[step.Parameters.All.Length]);

        var pass = new FullBatchPass(plan, step);
        var penalty = pass.Evaluate(1, [1, 1, 1], start, gradients) - pass.Losses.ToArray().Sum(loss => (double)loss);

        double[] chunks = [.. plan.TrainRows.Chunk(plan.RowsPerPass).Select(rows =>
        {
            step.Run(rows, 1, [1, 1, 1]);
            return (double)step.Penalty;
        })];
        chunks.Length.ShouldBe(2);
        Math.Abs(chunks[0] - chunks[1]).ShouldBeGreaterThan(1e-3);
        penalty.ShouldBe(chunks.Average(), 1e-5);
    }

    [Fact]
    public void L_BFGS_lowers_the_objective_at_every_epoch_and_further_than_Adam_does_in_as_many()
    {
        double[] Losses(string optimizer, int batchSize)
        {
            var listener = new RecordingListener();
            new Trainer(Sample.Plan(definition => (definition with { Encoder = Smooth, Optimizer = new Choice(optimizer) })
                .With(training => training with { Epochs = 40, BatchSize = batchSize }))).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>();
            return [.. listener.Reports.SelectMany(report => report.Values).Where(value => value.Key == "all/train_loss").Select(value => value.Value)];
        }

        var losses = Losses("lbfgs", 32);

        losses.Length.ShouldBe(40);
        losses.Zip(losses.Skip(1)).ShouldAllBe(pair => pair.Second < pair.First);
        losses[^1].ShouldBeLessThan(Losses("adam", 1000)[^1]);
    }

    [Fact]
    public void A_run_ends_when_its_optimizer_has_converged_and_says_so()
    {
        var listener = new RecordingListener();
        var plan = Sample.Plan(definition => (definition with
        {
            Tasks = [definition.Tasks[0]],
            Inputs = new InputsDefinition { Include = ["area", "rooms"] },
            Encoder = Sample.Choice("mlp", ("widths", new JsonArray()), ("dropout", 0)),
            Optimizer = new Choice("lbfgs"),
            Preprocessing = new PreprocessingDefinition(),
        }).With(training => training with { Epochs = 200 }));

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        result.Epochs.ShouldBeInRange(2, 30);
        listener.Lines[0].ShouldStartWith($"L-BFGS converged after {result.Epochs} iterations and ");
        listener.Positions.Count.ShouldBe(result.Epochs);
    }

    [Fact]
    public void Gradient_descent_takes_one_step_per_epoch()
    {
        var listener = new RecordingListener();
        new Trainer(Sample.Plan(definition => definition with { Optimizer = new Choice("gd"), Weighting = new Choice("uw") })).Run(listener, null, default);

        (listener.Starts[0].StepsPerEpoch, listener.Starts[0].TotalSteps, listener.Positions.Count).ShouldBe((1, 4, 4));
        listener.Reports[3].Values.First(value => value.Key == "all/train_loss").Value.ShouldBeLessThan(listener.Reports[0].Values.First(value => value.Key == "all/train_loss").Value);
    }

    [Theory]
    [InlineData("gd", 7, new[] { "Optimizer 'gd' looks at all rows at once, so no gradients of batches are recorded (training.analysisEvery is 7)." })]
    [InlineData("gd", 0, new string[0])]
    [InlineData("adam", 7, new string[0])]
    public void That_gradients_are_not_analysed_is_said_at_the_start(string optimizer, int every, string[] expected)
    {
        var listener = new RecordingListener();

        new Trainer(Sample.Plan(definition => (definition with { Optimizer = new Choice(optimizer) }).With(training => training with { AnalysisEvery = every }))).Run(listener, null, default);

        listener.Lines.Where(line => line.Contains("analysisEvery", StringComparison.Ordinal)).ShouldBe(expected);
    }

    private static Choice Smooth => Sample.Choice("mlp", ("widths", new JsonArray(16, 8)), ("activation", "tanh"), ("dropout", 0));
}
