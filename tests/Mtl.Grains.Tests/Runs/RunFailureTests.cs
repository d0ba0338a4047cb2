using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>Runs that can't go on end as failed, with the reason, and give their cores back.</summary>
public sealed class RunFailureTests
{
    [Fact]
    public async Task A_loss_that_is_no_number_fails_the_run_with_step_task_and_advice_and_leaves_the_last_checkpoint()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table) with
        {
            Weighting = new Choice("ew"),
            Optimizer = new Choice("sgd", new Dictionary<string, JsonNode?> { ["learningRate"] = 100.0 }),
            Training = new TrainingDefinition { Epochs = 100_000, BatchSize = 16, Patience = 0, CheckpointSeconds = 3600, WarmupSteps = 100_000 },
        };
        var id = await platform.StartRunAsync(definition);
        await platform.UntilStepAsync(id, 10);
        await platform.Run(id).Pause();
        var kept = (await platform.CheckpointsAsync(id)).ShouldHaveSingleItem();
        await platform.Run(id).Resume();

        var failed = await platform.EndOfAsync(id);

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Failure.ShouldMatch(@"^The (loss|gradient|validation loss) of (the shared parameters|task '\w+') is no longer a number at step \d+ \(epoch \d+\)\. Lower the learning rate \(it was ");
        failed.Failure.ShouldEndWith("The last checkpoint is unharmed.");
        (await platform.CheckpointsAsync(id)).ShouldContain(kept);
        (await platform.LogAsync(id)).ShouldContain(line => line.Severity == LogSeverity.Error && line.Message == failed.Failure);
        await ShouldBeFreeAsync(platform);
    }

    [Fact]
    public async Task A_missing_file_fails_the_run()
    {
        await using var platform = await Platform.StartAsync();
        var path = platform.Table + ".gone";

        var failed = await platform.EndOfAsync(await platform.StartRunAsync(SmallTable.Definition(path)));

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Failure.ShouldBe($"The file '{path}' does not exist. Check the path; the server reads it from its own disk.");
        await ShouldBeFreeAsync(platform);
    }

    [Fact]
    public async Task An_unknown_dataset_fails_the_run()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition("") with { Data = new DataDefinition { Dataset = "gone" } };

        (await platform.EndOfAsync(await platform.StartRunAsync(definition))).Failure.ShouldBe("There is no dataset 'gone'. List the datasets to see which exist.");
    }

    [Fact]
    public async Task A_task_column_with_one_value_fails_the_run()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table) with
        {
            Inputs = new InputsDefinition { Exclude = ["id"] },
            Tasks = [new TaskDefinition("amount", "amount", TaskKind.Regression), new TaskDefinition("same", "same", TaskKind.Binary)],
        };

        var failed = await platform.EndOfAsync(await platform.StartRunAsync(definition));

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Failure.ShouldBe("Task 'same': column 'same' has one label only, 'one'; there is nothing to learn. Choose a column with at least two labels.");
        await ShouldBeFreeAsync(platform);
    }

    [Fact]
    public async Task A_run_whose_files_cannot_be_written_fails_with_the_reason()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table);
        await platform.CreateAsync(definition);
        await File.WriteAllTextAsync(Path.Combine(platform.Storage.Folder.ArtifactsFolder, "blocked"), "in the way");

        await platform.Run("blocked").Queue(new RunOrder("experiment", "#1", RunKind.MultiTask, DefinitionJson.Write(definition)));
        var failed = await platform.EndOfAsync("blocked");

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Failure.ShouldBe(
            "Training broke off: The artifact 'model.onnx' of run 'blocked' can't be written: 'blocked' on its way is a file. Write it under another path. "
            + "Checkpoints made before stay. See the server's log for the details, mend the cause and start a new run.");
        await ShouldBeFreeAsync(platform);
    }

    [Fact]
    public async Task A_failed_run_does_not_keep_the_next_from_training()
    {
        await using var platform = await Platform.StartAsync(options => options with { TrainingCores = 1 });
        var experiment = await platform.CreateAsync(SmallTable.Definition(platform.Table));
        var broken = SmallTable.Definition(platform.Table) with { Inputs = new InputsDefinition { Include = ["nowhere"] } };
        var failing = (await experiment.Start(DefinitionJson.Write(broken))).ToResult().Value[0];
        var sound = (await experiment.Start(null)).ToResult().Value[0];

        (await platform.EndOfAsync(failing)).Failure.ShouldStartWith("The table has no column 'nowhere'.");
        await platform.CompleteAsync(sound);
    }

    private static async Task ShouldBeFreeAsync(Platform platform) =>
        (await platform.Slots.Describe()).ShouldSatisfyAllConditions(slots => slots.FreeCores.ShouldBe(2), slots => slots.Running.ShouldBeEmpty(), slots => slots.Waiting.ShouldBeEmpty());
}
