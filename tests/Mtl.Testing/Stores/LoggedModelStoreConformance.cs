using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ILoggedModelStore</c> must hold.</summary>
public abstract class LoggedModelStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task A_model_is_read_back_with_its_parameters_and_changes_its_status()
    {
        await AddRunsAsync("r");
        var model = Model("m") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } };
        await Stores.LoggedModels.AddAsync(model);

        var ready = (await Stores.LoggedModels.SetStatusAsync("m", "LOGGED_MODEL_READY", Noon.AddHours(1))).Value;

        ready.Parameters.ShouldBe(model.Parameters);
        (ready with { Parameters = model.Parameters }).ShouldBe(model with { Status = "LOGGED_MODEL_READY", UpdatedAt = Noon.AddHours(1) });
        (await Stores.LoggedModels.GetAsync("m")).Value.Status.ShouldBe("LOGGED_MODEL_READY");
    }

    [Fact]
    public async Task Parameters_are_added_and_keep_their_values()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } });

        (await Stores.LoggedModels.AddParametersAsync("m", new Dictionary<string, string> { ["lr"] = "0.1", ["width"] = "64" }, Noon)).Value.Parameters.Count.ShouldBe(2);

        (await Stores.LoggedModels.AddParametersAsync("m", new Dictionary<string, string> { ["depth"] = "3", ["lr"] = "0.2" }, Noon)).Error.ShouldBe(Error.Invalid(
            "The parameter 'lr' of logged model 'm' has the value '0.1' already; it can't be changed to '0.2'.", "Log it under another key, or set a tag.", "params"));
        (await Stores.LoggedModels.GetAsync("m")).Value.Parameters.ShouldBe(new Dictionary<string, string> { ["lr"] = "0.1", ["width"] = "64" }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_removed_model_is_gone_with_parameters_and_tags()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } });
        await Stores.Tags.SetAsync(TagOwner.LoggedModel("m"), new Dictionary<string, string> { ["a"] = "1" });

        (await Stores.LoggedModels.RemoveAsync("m")).Value.ShouldBeTrue();

        var missing = Error.NotFound("There is no logged model 'm'.", "List the logged models to see which exist.");
        (await Stores.LoggedModels.GetAsync("m")).Error.ShouldBe(missing);
        (await Stores.LoggedModels.RemoveAsync("m")).Error.ShouldBe(missing);
        (await Stores.LoggedModels.SetStatusAsync("m", "LOGGED_MODEL_READY", Noon)).Error.ShouldBe(missing);
        (await Stores.LoggedModels.AddParametersAsync("m", new Dictionary<string, string>(), Noon)).Error.ShouldBe(missing);
        (await Stores.Tags.OfAsync(TagOwnerKind.LoggedModel, ["m"]))["m"].ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_logged_of_a_model_comes_with_it_and_is_among_its_runs_points()
    {
        await AddRunsAsync("r", "s");
        await Stores.LoggedModels.AddAsync(Model("m"));
        await Stores.LoggedModels.AddAsync(Model("n"));
        ModelMetric[] logged =
        [
            Metric("m", "r", "acc", 1, 0.5), Metric("m", "r", "acc", 2, double.NaN, "test", "d1"), Metric("m", "r", "acc", 2, double.NaN, "train", "d2"), Metric("m", "r", "loss", 1, double.PositiveInfinity),
        ];
        await LogAsync("r", logged);
        await LogAsync("r", logged);
        await LogAsync("s", Metric("m", "s", "acc", 3, -1), Metric("n", "s", "acc", 3, -1));

        (await Stores.LoggedModels.GetAsync("m")).Value.Metrics.ShouldBe([logged[0], logged[1], logged[2], Metric("m", "s", "acc", 3, -1), logged[3]]);
        (await Stores.LoggedModels.GetAsync("n")).Value.Metrics.ShouldBe([Metric("n", "s", "acc", 3, -1)]);
        (await Stores.MetricReader.PageAsync("r", "acc", null, 10)).ShouldBe([logged[0].Point, logged[1].Point]);
        (await Stores.MetricReader.PageAsync("s", "acc", null, 10)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_long_metric_the_last_points_come_with_the_model()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m"));
        await LogAsync("r", [.. Enumerable.Range(1, LoggedModel.MostPoints + 5).Select(step => Metric("m", "r", "acc", step, 0.5)), Metric("m", "r", "loss", 1, 1)]);

        var metrics = (await Stores.LoggedModels.GetAsync("m")).Value.Metrics;

        metrics.Where(metric => metric.Point.Key == "acc").Select(metric => metric.Point.Step).ShouldBe(Enumerable.Range(6, LoggedModel.MostPoints).Select(step => (long)step));
        metrics.Count(metric => metric.Point.Key == "loss").ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_about_a_model_that_is_not_there_is_refused_whole()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m"));

        var refused = await Stores.RunData.LogAsync("r", Batch(Metric("m", "r", "acc", 1, 1), Metric("nope", "r", "acc", 1, 1)));

        refused.Error.ShouldBe(Error.NotFound("There is no logged model 'nope'.", "List the logged models to see which exist."));
        (await Stores.LoggedModels.GetAsync("m")).Value.Metrics.ShouldBeEmpty();
        (await Stores.MetricReader.PageAsync("r", "acc", null, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_models_metrics_stay_with_their_run()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m"));
        await LogAsync("r", Metric("m", "r", "acc", 1, 1));

        (await Stores.LoggedModels.RemoveAsync("m")).Value.ShouldBeTrue();

        (await Stores.MetricReader.PageAsync("r", "acc", null, 10)).Count.ShouldBe(1);
        await Stores.LoggedModels.AddAsync(Model("m"));
        (await Stores.LoggedModels.GetAsync("m")).Value.Metrics.ShouldBeEmpty();
    }

    private static RunBatch Batch(params ModelMetric[] metrics) => RunBatch.Nothing with { Metrics = [.. metrics.Select(metric => metric.Point)], ModelMetrics = metrics };

    /// <summary>A point whose time is its step's.</summary>
    private static ModelMetric Metric(string model, string run, string key, long step, double value, string dataset = "", string digest = "") =>
        new(model, run, new MetricPoint(key, step, value, Noon.AddSeconds(step)), dataset, digest);

    private async Task LogAsync(string run, params ModelMetric[] metrics) => (await Stores.RunData.LogAsync(run, Batch(metrics))).Value.ShouldBeTrue();

    private static LoggedModel Model(string id) => new(id, "e", "net", "sklearn", "r", "LOGGED_MODEL_PENDING", Noon, Noon);
}
