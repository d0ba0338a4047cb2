using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IRunDataStore</c> must hold.</summary>
public abstract class RunDataStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task A_batch_of_everything_is_read_back()
    {
        await AddRunsAsync("r", "other");

        (await Stores.RunData.LogAsync("r", Batch(("lr", "0.1"), ("text", "Größe ≥ 1 'quoted' 数据")) with
        {
            Tags = new Dictionary<string, string> { ["team"] = "blue" },
            Metrics = [new MetricPoint("loss", 1, 0.5, Noon)],
        })).Value.ShouldBeTrue();

        var data = await Stores.RunData.OfAsync(["r", "other", "nope"]);
        data["r"].Parameters.ShouldBe(new Dictionary<string, string> { ["lr"] = "0.1", ["text"] = "Größe ≥ 1 'quoted' 数据" }, ignoreOrder: true);
        data["r"].Tags.ShouldBe(new Dictionary<string, string> { ["team"] = "blue" });
        data["other"].Parameters.ShouldBeEmpty();
        data["nope"].Tags.ShouldBeEmpty();
        (await Stores.Metrics.LatestAsync(["r"]))["r"].ShouldBe(new Dictionary<string, double> { ["loss"] = 0.5 });
    }

    [Fact]
    public async Task A_parameter_keeps_its_value_and_the_batch_that_changes_one_is_refused_whole()
    {
        await AddRunsAsync("r");
        (await Stores.RunData.LogAsync("r", Batch(("lr", "0.1")))).Value.ShouldBeTrue();
        (await Stores.RunData.LogAsync("r", Batch(("lr", "0.1"), ("width", "64")))).Value.ShouldBeTrue();

        var refused = await Stores.RunData.LogAsync("r", Batch(("depth", "3"), ("lr", "0.2")) with
        {
            Tags = new Dictionary<string, string> { ["lost"] = "1" },
            Metrics = [new MetricPoint("lost", 1, 1, Noon)],
        });

        refused.Error.ShouldBe(Error.Invalid("The parameter 'lr' of run 'r' has the value '0.1' already; it can't be changed to '0.2'.", "Log it under another key, or set a tag.", "params"));
        var data = (await Stores.RunData.OfAsync(["r"]))["r"];
        data.Parameters.ShouldBe(new Dictionary<string, string> { ["lr"] = "0.1", ["width"] = "64" }, ignoreOrder: true);
        data.Tags.ShouldBeEmpty();
        (await Stores.Metrics.LatestAsync(["r"]))["r"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_writers_at_once_that_give_one_parameter_different_values_exactly_one_wins()
    {
        await AddRunsAsync("r");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Stores.RunData.LogAsync("r", Batch(("lr", $"{i}")))));

        results.Count(result => result.IsSuccess).ShouldBe(1);
        (await Stores.RunData.OfAsync(["r"]))["r"].Parameters["lr"].ShouldBe($"{Array.FindIndex(results, result => result.IsSuccess)}");
    }

    [Fact]
    public async Task A_batch_for_an_unknown_run_is_refused() =>
        (await Stores.RunData.LogAsync("nope", Batch(("lr", "0.1")))).Error!.Message.ShouldBe("There is no run 'nope'.");

    [Fact]
    public async Task Datasets_and_models_are_kept_once_each()
    {
        await AddRunsAsync("r");
        var train = new DatasetInput("adult", "d1", "local", "{\"uri\": \"a.csv\"}", "{}", "{\"rows\": 3}", new Dictionary<string, string> { ["mlflow.data.context"] = "training" });
        await Stores.RunData.AddInputsAsync("r", [train, train with { Digest = "d2", Tags = new Dictionary<string, string>() }], [new ModelLink("m-in", 0)]);
        await Stores.RunData.AddInputsAsync("r", [train with { Source = "changed" }], [new ModelLink("m-in", 0)]);
        await Stores.RunData.AddOutputsAsync("r", [new ModelLink("m-out", 7), new ModelLink("m-out", 9)]);

        var data = (await Stores.RunData.OfAsync(["r"]))["r"];

        data.Datasets.Select(dataset => (dataset.Digest, dataset.Source)).ShouldBe([("d1", "{\"uri\": \"a.csv\"}"), ("d2", "{\"uri\": \"a.csv\"}")]);
        data.Datasets[0].Tags.ShouldBe(train.Tags);
        (data.Datasets[0] with { Tags = train.Tags }).ShouldBe(train);
        data.InputModels.ShouldBe([new ModelLink("m-in", 0)]);
        data.OutputModels.ShouldBe([new ModelLink("m-out", 7), new ModelLink("m-out", 9)]);
    }

    private static RunBatch Batch(params (string Key, string Value)[] parameters) =>
        new([], parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value), new Dictionary<string, string>());
}
