using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Experiments;

/// <summary>Experiments: definitions, runs and baselines, comparison.</summary>
public sealed class ExperimentGrainTests
{
    [Fact]
    public async Task A_definition_with_an_error_is_refused()
    {
        await using var platform = await Platform.StartAsync();
        var sound = SmallTable.Definition(platform.Table);
        var experiment = platform.Experiment("e");

        (string, string)[] cases =
        [
            (DefinitionJson.Write(sound with { Tasks = [] }), "The experiment has no task; at least one column must be predicted."),
            (DefinitionJson.Write(sound with { Data = new DataDefinition() }), "Neither data.path nor data.dataset is given; one of them must say where the table is."),
            (DefinitionJson.Write(sound with { Training = new TrainingDefinition { Schedule = new Choice("sawtooth") } }), "There is no schedule 'sawtooth'; the schedules are constant, step, cosine, one-cycle, plateau."),
        ];
        foreach (var (definition, message) in cases)
            (await experiment.Create(definition)).ToResult().Error!.Message.ShouldBe(message);
        (await experiment.Create("{")).ToResult().Error!.Message.ShouldStartWith("The experiment definition can't be read");
        (await experiment.Create(DefinitionJson.Write(sound with { Weighting = new Choice("magic") }))).ToResult().Error!.Field.ShouldBe("weighting.key");
        (await platform.Storage.Experiments.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_experiment_trains_its_run_beside_a_baseline_and_compares_them()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table, baselines: true);
        var ids = await platform.StartRunsAsync(definition);
        ids.Length.ShouldBe(2);
        foreach (var id in ids)
            await platform.CompleteAsync(id);

        var (run, baseline) = (await platform.StoredAsync(ids[0]), await platform.StoredAsync(ids[1]));
        (run.Name, run.Kind).ShouldBe(("#1 hps · uw", RunKind.MultiTask));
        (baseline.Name, baseline.Kind).ShouldBe(("#2 single-task baseline", RunKind.Baseline));
        var result = platform.Document<RunResult>(ids[0], RunFiles.Result);
        result.Tasks.Select(task => task.Task).ShouldBe(["amount", "answer", "kind"]);
        result.Tasks[1].Metrics["roc_auc"].ShouldBeInRange(0, 1);
        result.Tasks[1].Confusion.ShouldNotBeNull().SelectMany(counts => counts).Sum().ShouldBe(SmallTable.Rows * 15 / 100);
        (await platform.ModelAsync(ids[0])).Length.ShouldBeGreaterThan(0);
        var history = await platform.HistoryAsync(ids[0]);
        foreach (var key in new[] { "amount/train_loss", "amount/val_r2", "answer/val_roc_auc", "kind/weight", "all/val_loss" })
            history[key].Select(point => point.Step).ShouldBe([11, 22, 33], key);
        history["answer/test_roc_auc"].ShouldHaveSingleItem().Value.ShouldBe(result.Tasks[1].Metrics["roc_auc"]);

        var deltaM = await DeltaMAsync(platform, ids[0]);
        var comparison = platform.Document<BaselineComparison>(ids[0], RunFiles.Comparison);
        comparison.BaselineRunId.ShouldBe(ids[1]);
        comparison.DeltaM.ShouldBe(deltaM);
        comparison.Tasks.Select(task => task.Task).ShouldBe(["amount", "answer", "kind"]);
        comparison.Tasks[1].Value.ShouldBe(result.Tasks[1].Metrics["roc_auc"]);
    }

    [Fact]
    public async Task Later_runs_share_the_baseline_and_register_further_versions()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table, baselines: true);
        var experiment = await platform.CreateAsync(definition);
        var first = (await experiment.Start(null)).ToResult().Value;
        foreach (var id in first)
            await platform.CompleteAsync(id);

        var second = (await experiment.Start(DefinitionJson.Write(definition with { Weighting = new Choice("dwa") }))).ToResult().Value.ShouldHaveSingleItem();
        await platform.CompleteAsync(second);

        (await platform.StoredAsync(second)).Name.ShouldBe("#3 hps · dwa");
        await DeltaMAsync(platform, second);
        platform.Document<BaselineComparison>(second, RunFiles.Comparison).BaselineRunId.ShouldBe(first[1]);
        var versions = await platform.Storage.Models.ListAsync("small");
        versions.Select(version => (version.Version, version.RunId)).ShouldBe([(2, second), (1, first[0])]);
        versions.ShouldAllBe(version => version.ParityError <= 1e-5);
    }

    [Fact]
    public async Task A_variant_keeps_the_experiments_data_and_tasks()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table);
        var experiment = await platform.CreateAsync(definition);

        var other = await experiment.Start(DefinitionJson.Write(definition with { Data = new DataDefinition { Path = "/elsewhere.csv" } }));
        var fewer = await experiment.Start(DefinitionJson.Write(definition with { Tasks = [definition.Tasks[0]] }));

        other.ToResult().Error!.ToString().ShouldBe("The variant's data differ from those of the experiment 'Small'; its runs share data and tasks. Make another experiment for them.");
        fewer.ToResult().Error!.Field.ShouldBe("tasks");
        (await platform.Storage.Runs.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_experiment_is_deleted_only_when_its_runs_are_over_and_then_refuses_everything()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table, epochs: 100_000);
        var experiment = await platform.CreateAsync(definition);
        var id = (await experiment.Start(null)).ToResult().Value[0];
        await platform.UntilStepAsync(id, 1);

        (await experiment.Delete()).ToResult().Error!.ToString().ShouldBe($"Experiment 'Small' has run '{id}', which is running. Cancel its runs first.");
        await platform.Run(id).Cancel();
        (await experiment.Delete()).ToResult().IsSuccess.ShouldBeTrue();

        const string Deleted = "The experiment 'Small' has been deleted. List the experiments to see which exist.";
        (await experiment.Start(null)).ToResult().Error!.ToString().ShouldBe(Deleted);
        (await experiment.Update(DefinitionJson.Write(definition))).ToResult().Error!.ToString().ShouldBe(Deleted);
        (await experiment.Delete()).ToResult().Error!.ToString().ShouldBe(Deleted);
        (await platform.Experiment("nobody").Start(null)).ToResult().Error!.Message.ShouldBe("There is no experiment 'nobody'.");
    }

    [Fact]
    public async Task A_changed_definition_is_for_later_runs()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table);
        var experiment = await platform.CreateAsync(definition);
        var before = (await experiment.Start(null)).ToResult().Value[0];
        (await experiment.Update(DefinitionJson.Write(definition with { Weighting = new Choice("ew") }))).ToResult().IsSuccess.ShouldBeTrue();
        var after = (await experiment.Start(null)).ToResult().Value[0];

        (await platform.StoredAsync(before)).Definition!.Weighting.Key.ShouldBe("uw");
        (await platform.StoredAsync(after)).Definition!.Weighting.Key.ShouldBe("ew");
    }

    [Fact]
    public async Task A_comparison_that_a_crash_swallowed_is_made_at_the_next_start()
    {
        await using var platform = await Platform.StartAsync();
        var ids = await platform.StartRunsAsync(SmallTable.Definition(platform.Table, baselines: true));
        foreach (var id in ids)
            await platform.CompleteAsync(id);
        var deltaM = await DeltaMAsync(platform, ids[0]);
        await platform.Storage.Metrics.RewindAsync(ids[0], 0);
        File.Delete(platform.ArtifactPath(ids[0], RunFiles.Comparison));

        await platform.Host.RestartAsync(gracefully: false);

        (await DeltaMAsync(platform, ids[0])).ShouldBe(deltaM);
    }

    [Fact]
    public async Task A_task_tells_of_its_baseline_and_its_results()
    {
        await using var platform = await Platform.StartAsync();
        var ids = await platform.StartRunsAsync(SmallTable.Definition(platform.Table, baselines: true));
        foreach (var id in ids)
            await platform.CompleteAsync(id);

        var overview = (await platform.Grains.GetGrain<ITaskGrain>("experiment/answer").Describe()).ToResult().Value;

        DefinitionJson.Read<TaskDefinition>(overview.Definition).Value.Column.ShouldBe("answer");
        overview.PrimaryMetric.ShouldBe("roc_auc");
        overview.Baseline.ShouldBe((await platform.HistoryAsync(ids[1]))["answer/test_roc_auc"][0].Value);
        var result = overview.Results.ShouldHaveSingleItem();
        (result.RunId, result.Value).ShouldBe((ids[0], (await platform.HistoryAsync(ids[0]))["answer/test_roc_auc"][0].Value));
        result.Weights.Length.ShouldBe(3);
        (await platform.Grains.GetGrain<ITaskGrain>("experiment/nothing").Describe()).ToResult().Error!.Message
            .ShouldBe("Experiment 'Small' has no task 'nothing'; it has amount, answer, kind.");
        (await platform.Grains.GetGrain<ITaskGrain>("nothing").Describe()).ToResult().Error!.Message
            .ShouldBe("'nothing' is no task; a task's key is its experiment's id, '/', and its name.");
    }

    /// <summary>Δm comes a moment after the later of the two runs: asks the grain to be done with what it was told.</summary>
    private static async Task<double> DeltaMAsync(Platform platform, string runId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if ((await platform.HistoryAsync(runId)).TryGetValue("all/delta_m", out IReadOnlyList<MetricPoint>? points))
                return points.ShouldHaveSingleItem().Value;
            await Task.Yield();
        }
    }
}
