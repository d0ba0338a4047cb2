using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IRetentionStore</c> must hold.</summary>
public abstract class RetentionStoreConformance(StoreSource source) : StoreConformance(source)
{
    private static DateTimeOffset Before { get; } = Noon.AddDays(-30);

    [Fact]
    public async Task Runs_archived_before_the_time_have_expired_and_no_others()
    {
        await AddExperimentAsync("e");
        await AddRunAsync("live", null);
        await AddRunAsync("new", Before);
        await AddRunAsync("old", Before.AddTicks(-1));
        await AddRunAsync("older", Before.AddDays(-1));

        var expired = await Stores.Retention.ExpiredRunsAsync(Before);

        expired.Ids.ShouldBe(["old", "older"]);
        expired.Needed.ShouldBe(0);
    }

    [Fact]
    public async Task All_runs_of_an_experiment_deleted_before_the_time_have_expired()
    {
        await AddExperimentAsync("gone", deletedAt: Before.AddTicks(-1));
        await AddExperimentAsync("e", deletedAt: Before);
        await AddRunAsync("of gone", null, "gone");
        await AddRunAsync("of e", null);

        (await Stores.Retention.ExpiredRunsAsync(Before)).Ids.ShouldBe(["of gone"]);
    }

    [Theory]
    [InlineData(RunStatus.Queued, false)]
    [InlineData(RunStatus.Running, false)]
    [InlineData(RunStatus.Paused, true)]
    [InlineData(RunStatus.Completed, true)]
    [InlineData(RunStatus.Failed, true)]
    [InlineData(RunStatus.Cancelled, true)]
    public async Task A_run_that_the_platform_still_trains_has_not_expired(RunStatus status, bool hasExpired)
    {
        await AddExperimentAsync("e");
        await AddRunAsync("trained", Before.AddDays(-1), status: status, kind: RunKind.MultiTask);
        await AddRunAsync("logged", Before.AddDays(-1), status: status);

        (await Stores.Retention.ExpiredRunsAsync(Before)).Ids.ShouldBe(hasExpired ? ["trained", "logged"] : ["logged"]);
        (await Stores.Retention.RemoveRunAsync("trained", Before, NoFiles)).ShouldBe(hasExpired);
    }

    [Fact]
    public async Task A_run_whose_files_a_registered_version_needs_stays_until_that_version_is_removed()
    {
        await AddExperimentAsync("e");
        foreach (var id in (string[])["exported", "registered", "plain"])
            await AddRunAsync(id, Before.AddDays(-1));
        await Stores.Models.AddAsync(new ModelVersion("m", 0, "exported", "model.onnx", 0, "", Noon));
        _ = (await Stores.ModelRegistry.AddVersionAsync(new ModelVersion("m", 0, "", "", 0, "", Noon) { Source = "mlflow-artifacts:/e/registered/artifacts/model" })).Value;

        var expired = await Stores.Retention.ExpiredRunsAsync(Before);
        (expired.Ids.Single(), expired.Needed).ShouldBe(("plain", 2));
        (await Stores.Retention.RemoveRunAsync("exported", Before, NoFiles)).ShouldBeFalse();

        (await Stores.ModelRegistry.RemoveModelAsync("m")).IsSuccess.ShouldBeTrue();
        (await Stores.Retention.ExpiredRunsAsync(Before)).Ids.ShouldBe(["exported", "registered", "plain"]);
        (await Stores.Retention.RemoveRunAsync("exported", Before, NoFiles)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_removed_run_takes_everything_along_and_nothing_of_others()
    {
        await AddExperimentAsync("e");
        await AddRunAsync("gone", Before.AddDays(-1));
        await AddRunAsync("stays", null);
        foreach (var id in (string[])["gone", "stays"])
            await FillAsync(id);
        await Stores.LoggedModels.AddAsync(new LoggedModel("m", "e", "net", "", "stays", "LOGGED_MODEL_READY", Noon, Noon));
        foreach (var id in (string[])["gone", "stays"])
            await Stores.RunData.LogAsync(id, RunBatch.Nothing with { ModelMetrics = [new ModelMetric("m", id, new MetricPoint("acc", 1, 1, Noon))] });
        var filesRemoved = 0;

        (await Stores.Retention.RemoveRunAsync("gone", Before, () =>
        {
            filesRemoved++;
            return Task.CompletedTask;
        })).ShouldBeTrue();

        filesRemoved.ShouldBe(1);
        (await Stores.Runs.GetAsync("gone")).IsSuccess.ShouldBeFalse();
        (await Stores.Metrics.HistoryAsync("gone", afterStep: -1)).ShouldBeEmpty();
        (await Stores.Logs.ReadAsync("gone")).ShouldBeEmpty();
        (await Stores.LoggedModels.GetAsync("m")).Value.Metrics.Select(metric => metric.RunId).ShouldBe(["stays"]);
        (await Stores.Metrics.HistoryAsync("stays", afterStep: -1))["loss"].Count.ShouldBe(200);
        (await Stores.Logs.ReadAsync("stays")).Count.ShouldBe(1);
        var data = (await Stores.RunData.OfAsync(["stays"]))["stays"];
        (data.Parameters.Count, data.Tags.Count, data.Datasets.Count, data.OutputModels.Count).ShouldBe((1, 1, 1, 1));
        (await Stores.Retention.RemoveRunAsync("gone", Before, NoFiles)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_history_longer_than_a_transaction_takes_is_removed_whole()
    {
        await AddExperimentAsync("e");
        await AddRunAsync("long", Before.AddDays(-1));
        for (var batch = 0; batch < 6; batch++)
            await Stores.Metrics.AppendAsync("long", [.. Enumerable.Range(batch * 20_000, 20_000).Select(step => new MetricPoint($"k{step % 2}", step, step, Noon))]);

        (await Stores.Retention.RemoveRunAsync("long", Before, NoFiles)).ShouldBeTrue();

        await AddRunAsync("next", null);
        await Stores.Metrics.AppendAsync("next", [new MetricPoint("k0", 1, 1, Noon)]);
        (await Stores.Metrics.HistoryAsync("next", afterStep: -1))["k0"].Count.ShouldBe(1, "a series that is given the number of a removed one starts empty");
    }

    [Fact]
    public async Task A_run_that_was_restored_in_the_meantime_stays_with_its_files()
    {
        await AddExperimentAsync("e");
        await AddRunAsync("r", Before.AddDays(-1));
        var archived = (await Stores.Runs.GetAsync("r")).Value;
        (await Stores.Runs.UpdateAsync(archived with { DeletedAt = null })).IsSuccess.ShouldBeTrue();

        (await Stores.Retention.RemoveRunAsync("r", Before, () => throw new InvalidOperationException("The files of a live run are removed."))).ShouldBeFalse();

        (await Stores.Runs.GetAsync("r")).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_whose_removal_has_begun_can_not_be_restored_from_what_was_read_before()
    {
        await AddExperimentAsync("e");
        await AddRunAsync("r", Before.AddDays(-1));
        var archived = (await Stores.Runs.GetAsync("r")).Value;

        (await Stores.Retention.RemoveRunAsync("r", Before, async () =>
            (await Stores.Runs.UpdateAsync(archived with { DeletedAt = null })).IsSuccess.ShouldBeFalse())).ShouldBeTrue();
    }

    [Fact]
    public async Task An_experiment_goes_when_it_is_empty_and_its_logged_models_before_it()
    {
        await AddExperimentAsync("gone", deletedAt: Before.AddTicks(-1));
        await AddExperimentAsync(Experiment.DefaultId, deletedAt: Before.AddTicks(-1));
        await AddExperimentAsync("live");
        await AddRunAsync("r", null, "gone");
        foreach (var (id, experiment) in ((string, string)[])[("m-free", "gone"), ("m-registered", "gone"), ("m-live", "live")])
            await Stores.LoggedModels.AddAsync(new LoggedModel(id, experiment, id, "", "", "LOGGED_MODEL_READY", Noon, Noon) { Parameters = new Dictionary<string, string> { ["p"] = "1" } });
        (await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("m", "", Noon, Noon))).IsSuccess.ShouldBeTrue();
        _ = (await Stores.ModelRegistry.AddVersionAsync(new ModelVersion("m", 0, "", "", 0, "", Noon) { ModelId = "m-registered" })).Value;

        (await Stores.Retention.ExpiredModelsAsync(Before)).ShouldBe(["m-free"]);
        (await Stores.Retention.ExpiredExperimentsAsync(Before)).ShouldBeEmpty();
        (await Stores.Retention.RemoveExperimentAsync("gone", Before)).ShouldBeFalse();

        (await Stores.ModelRegistry.RemoveModelAsync("m")).IsSuccess.ShouldBeTrue();
        foreach (var id in await Stores.Retention.ExpiredModelsAsync(Before))
            (await Stores.LoggedModels.RemoveAsync(id)).IsSuccess.ShouldBeTrue();
        (await Stores.Retention.RemoveRunAsync("r", Before, NoFiles)).ShouldBeTrue();
        (await Stores.Retention.ExpiredExperimentsAsync(Before)).ShouldBe(["gone"]);
        (await Stores.Retention.RemoveExperimentAsync("gone", Before)).ShouldBeTrue();
        (await Stores.Experiments.GetAsync("gone")).IsSuccess.ShouldBeFalse();
        (await Stores.Experiments.GetAsync("live")).IsSuccess.ShouldBeTrue();
    }

    private static Task NoFiles() => Task.CompletedTask;

    private async Task AddExperimentAsync(string id, DateTimeOffset? deletedAt = null)
    {
        if ((await Stores.Experiments.GetAsync(id)) is { IsSuccess: true, Value: var there })
        {
            _ = (await Stores.Experiments.UpdateAsync(there with { IsDeleted = deletedAt is not null, UpdatedAt = deletedAt ?? there.UpdatedAt })).Value;
            return;
        }

        _ = (await Stores.Experiments.AddAsync(new Experiment(id, $"name of {id}", null, Noon.AddDays(-99), deletedAt ?? Noon, deletedAt is not null, 0))).Value;
        await Stores.Tags.SetAsync(TagOwner.Experiment(id), new Dictionary<string, string> { ["t"] = "v" });
    }

    private async Task AddRunAsync(string id, DateTimeOffset? deletedAt, string experiment = "e", RunStatus status = RunStatus.Completed, RunKind kind = RunKind.Tracked) =>
        _ = (await Stores.Runs.AddAsync(new Run(id, experiment, id, kind, kind == RunKind.Tracked ? null : Definition(), Noon.AddDays(-99)) { Status = status, DeletedAt = deletedAt })).Value;

    /// <summary>Something of everything that a run can carry.</summary>
    private async Task FillAsync(string id)
    {
        await Stores.Metrics.AppendAsync(id, [.. Enumerable.Range(0, 200).Select(step => new MetricPoint("loss", step, step, Noon))]);
        await Stores.Logs.AppendAsync(id, [new LogLine(0, 1, Noon, LogSeverity.Information, $"said by {id}")]);
        _ = (await Stores.RunData.LogAsync(id, new RunBatch([], new Dictionary<string, string> { ["p"] = id }, new Dictionary<string, string> { ["t"] = id }))).Value;
        await Stores.RunData.AddInputsAsync(id, [new DatasetInput("d", "1", "", "", "", "", new Dictionary<string, string>())], [new ModelLink("m-in", 0)]);
        await Stores.RunData.AddOutputsAsync(id, [new ModelLink("m-out", 1)]);
    }
}
