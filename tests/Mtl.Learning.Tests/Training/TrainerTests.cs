using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Every_epoch_is_reported_with_the_agreed_keys()
    {
        var listener = new RecordingListener();
        var result = Train(Sample.Plan(), listener);

        listener.Reports.Count.ShouldBe(5);
        listener.Reports[0].Values.Select(value => value.Key).ShouldBe(
        [
            "price/train_loss", "price/weight", "sold/train_loss", "sold/weight", "grade/train_loss", "grade/weight",
            "price/val_loss", "price/val_r2", "price/val_rmse", "price/val_mae",
            "sold/val_loss", "sold/val_roc_auc", "sold/val_pr_auc", "sold/val_accuracy", "sold/val_balanced_accuracy", "sold/val_f1", "sold/val_log_loss", "sold/val_brier", "sold/val_ece",
            "grade/val_loss", "grade/val_accuracy", "grade/val_balanced_accuracy", "grade/val_f1_macro", "grade/val_log_loss", "grade/val_brier", "grade/val_ece",
            "all/train_loss", "all/val_loss", "all/learning_rate",
        ]);
        listener.Reports[^1].Values.ShouldBe(result.Metrics);
        result.Metrics.ShouldAllBe(value => value.Key.Contains("/test_", StringComparison.Ordinal));
        (listener.Positions.Count, listener.Positions[^1].Step, result.Steps).ShouldBe((28, 28, 28));
        listener.Starts.ShouldBe([listener.Starts[0]]);
    }

    [Fact]
    public void Related_tasks_are_learned()
    {
        var listener = new RecordingListener();
        Train(Sample.Plan(definition => definition.With(training => training with { Epochs = 40 }), Sample.Table(1000)), listener);

        listener.Last("price/test_r2").ShouldBeGreaterThan(0.85);
        listener.Last("sold/test_roc_auc").ShouldBeGreaterThan(0.9);
        listener.Last("grade/test_accuracy").ShouldBeGreaterThan(0.75);
    }

    [Fact]
    public void Regression_metrics_are_in_the_columns_units()
    {
        var listener = new RecordingListener();
        Train(Sample.Plan(), listener);

        // Prices spread by some 600; standardised they would by 1.
        listener.Last("price/test_rmse").ShouldBeInRange(50, 2000);
    }

    [Fact]
    public void Another_number_of_threads_changes_no_more_than_last_bits()
    {
        var plan = Sample.Plan(definition => definition with { Encoder = Sample.Choice("mlp", ("widths", new JsonArray(256, 128))) });
        var (one, two) = (new RecordingListener(), new RecordingListener());
        var first = new Trainer(plan, threads: 1).Run(one, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;
        var second = new Trainer(plan, threads: 2).Run(two, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        foreach (var key in first.Metrics.Select(value => value.Key))
            two.Last(key).ShouldBe(one.Last(key), Math.Abs(one.Last(key)) * 1e-3, key);
        second.BestEpochs.ShouldBe(first.BestEpochs);
    }

    [Fact]
    public void Another_seed_gives_another_model() =>
        Train(Sample.Plan(definition => definition.With(training => training with { Seed = 2 }))).Parameters.ToArray()
            .ShouldNotBe(Train(Sample.Plan()).Parameters.ToArray());

    [Fact]
    public void A_stop_comes_within_one_step_and_gives_a_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        var listener = new RecordingListener(step => { if (step == 9) stop.Cancel(); });

        var stopped = new Trainer(Sample.Plan()).Run(listener, null, stop.Token).ShouldBeOfType<TrainingOutcome.Stopped>();

        (stopped.Checkpoint.Step, stopped.Checkpoint.Epoch, listener.Positions.Count).ShouldBe((9, 2, 9));
    }

    [Fact]
    public void A_loss_that_is_no_number_fails_the_run_with_step_task_and_advice()
    {
        var plan = Sample.Plan(definition => definition with { Optimizer = Sample.Choice("sgd", ("learningRate", 100)), Encoder = Sample.Choice("mlp", ("dropout", 0)) });

        var error = new Trainer(plan).Run(new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Failed>().Error;

        error.Message.ShouldMatch("^The (loss of task '(price|sold|grade)'|gradient of (the shared parameters|task '(price|sold|grade)')) is no longer a number at step [0-9]+ \\(epoch 1\\)\\.$");
        error.Advice.ShouldBe("Lower the learning rate (it was 100), clip gradients (training.clipNorm), or look for extreme values in the columns. The last checkpoint is unharmed.");
    }

    [Fact]
    public void Training_stops_early_and_keeps_the_best_epoch()
    {
        var listener = new RecordingListener();
        var result = Train(Sample.Plan(definition => definition.With(training => training with { Epochs = 500, Patience = 3 })), listener);

        var best = result.BestEpochs["price"];
        result.Epochs.ShouldBe(best + 3);
        result.BestEpochs.Values.ShouldAllBe(epoch => epoch == best);
        listener.Lines[0].ShouldBe($"Stopped early after epoch {result.Epochs}: 3 epochs without a better validation score.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_baseline_is_what_separate_training_would_give(int patience)
    {
        var table = Sample.Table();
        // A label in every row, so that both tasks train on the same rows together and apart.
        string[] complete = ["grade", "twin"];
        TrainingPlan Copies(string[] names) => Sample.Plan(
            definition => (definition with
            {
                Architecture = new Choice("stl"),
                Tasks = [.. names.Select(name => definition.Tasks[2] with { Name = name })],
                Inputs = definition.Inputs with { Include = ["area", "rooms", "colour", "city"] },
            }).With(training => training with { Epochs = 12, Patience = patience, ClipNorm = 1 }),
            table);

        var together = new RecordingListener();
        var joint = Train(Copies(complete), together);
        foreach (var task in complete)
        {
            var alone = new RecordingListener();
            Train(Copies([task]), alone).BestEpochs[task].ShouldBe(joint.BestEpochs[task]);
            foreach (var (key, value) in alone.Reports[^1].Values)
                together.Last(key).ShouldBe(value, key);
        }
    }

    [Fact]
    public void Confusion_matrices_count_every_labelled_test_row()
    {
        var plan = Sample.Plan();
        var result = Train(plan);

        result.Confusion.Select(confusion => confusion.Task).ShouldBe(["sold", "grade"]);
        result.Confusion[0].Labels.ShouldBe(["no", "yes"]);
        result.Confusion[1].Labels.ShouldBe(["low", "middle", "top"]);
        result.Confusion[1].Counts.Sum(row => row.Sum()).ShouldBe(45);
    }

    private static TrainingResult Train(TrainingPlan plan, RecordingListener? listener = null) =>
        new Trainer(plan).Run(listener ?? new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;
}
