using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ISearch</c> must hold of experiments, registered models, their versions, and logged models.</summary>
public abstract class RecordSearchConformance(StoreSource source) : StoreConformance(source)
{
    [Theory]
    [InlineData("", "name", "a b c")]
    [InlineData("", "", "c b a")]
    [InlineData("name LIKE '%' and tags.team = 'red'", "name DESC", "c a")]
    [InlineData("creation_time > 1772366460123", "name", "c")]
    [InlineData("tags.team IS NULL", "", "b")]
    [InlineData("", "last_update_time", "a b c")]
    public async Task Experiments_are_found(string filter, string order, string names)
    {
        foreach (var (i, id) in ((string[])["a", "b", "c"]).Index())
            await Stores.Experiments.AddAsync(NewExperiment(id, at: Noon.AddMinutes(i)));
        await Stores.Tags.SetAsync(TagOwner.Experiment("a"), new Dictionary<string, string> { ["team"] = "red" });
        await Stores.Tags.SetAsync(TagOwner.Experiment("c"), new Dictionary<string, string> { ["team"] = "red" });
        var deleted = (await Stores.Experiments.AddAsync(NewExperiment("z", at: Noon.AddHours(1)))).Value;
        await Stores.Experiments.UpdateAsync(deleted with { IsDeleted = true });

        (await PagesAsync(SearchSubject.Experiments, filter, order, query => Stores.Search.ExperimentsAsync(query, RecordView.Active))).Select(experiment => experiment.Name)
            .ShouldBe(names.Split(' '));
        (await Stores.Search.ExperimentsAsync(new SearchQuery([], [], 10), RecordView.Deleted)).Value.Items.Select(experiment => experiment.Id).ShouldBe(["z"]);
        (await Stores.Search.ExperimentsAsync(new SearchQuery([], [], 10), RecordView.All)).Value.Items.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("", "name", "adult census other")]
    [InlineData("name ILIKE 'A%'", "", "adult")]
    [InlineData("tags.team = 'red'", "", "census")]
    [InlineData("", "timestamp DESC", "other census adult")]
    public async Task Registered_models_are_found(string filter, string order, string names)
    {
        await AddModelsAsync();

        (await PagesAsync(SearchSubject.RegisteredModels, filter, order, query => Stores.Search.ModelsAsync(query))).Select(model => model.Name).ShouldBe(names.Split(' '));
    }

    [Theory]
    [InlineData("", "name, version_number DESC", "adult/2 adult/1 census/1")]
    [InlineData("name = 'adult' and run_id IN ('r1', 'r3')", "", "adult/1")]
    [InlineData("version_number > 1", "", "adult/2")]
    [InlineData("source_path LIKE 's3:%'", "version_number, name", "adult/1 census/1 adult/2")]
    [InlineData("tags.checked = 'yes'", "", "adult/2")]
    public async Task Versions_are_found(string filter, string order, string versions)
    {
        await AddModelsAsync();

        (await PagesAsync(SearchSubject.ModelVersions, filter, order, query => Stores.Search.VersionsAsync(query))).Select(version => $"{version.Name}/{version.Version}")
            .ShouldBe(versions.Split(' '));
    }

    [Theory]
    [InlineData("", "name", "m1 m2")]
    [InlineData("params.lr = '0.1'", "", "m1")]
    [InlineData("status = 'READY'", "", "m2")]
    [InlineData("tags.best = 'yes' and name LIKE 'net%'", "", "m2")]
    public async Task Logged_models_of_experiments_are_found(string filter, string order, string ids)
    {
        await AddRunsAsync("r");
        await Stores.Experiments.AddAsync(NewExperiment("f"));
        await Stores.LoggedModels.AddAsync(new LoggedModel("m1", "e", "net-1", "sklearn", "r", "LOGGED_MODEL_PENDING", Noon, Noon) { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } });
        await Stores.LoggedModels.AddAsync(new LoggedModel("m2", "e", "net-2", "onnx", "", "LOGGED_MODEL_READY", Noon.AddSeconds(1), Noon) { Parameters = new Dictionary<string, string> { ["lr"] = "0.2" } });
        await Stores.LoggedModels.AddAsync(new LoggedModel("m3", "f", "net-3", "onnx", "", "LOGGED_MODEL_READY", Noon, Noon));
        await Stores.Tags.SetAsync(TagOwner.LoggedModel("m2"), new Dictionary<string, string> { ["best"] = "yes" });

        var found = await PagesAsync(SearchSubject.LoggedModels, filter, order, query => Stores.Search.LoggedModelsAsync(["e"], query));

        found.Select(model => model.Id).ShouldBe(ids.Split(' '));
        found.ShouldAllBe(model => model.Parameters.Count == 1);
    }

    [Theory]
    [InlineData("metrics.acc > 0.5", "", "", "m3 m2 m1")]
    [InlineData("metrics.acc > 0.5", "test", "", "m2 m1")]
    [InlineData("metrics.acc > 0.5", "test:d1", "", "m1")]
    [InlineData("metrics.acc > 0.5", "test:d1 train:d3", "", "m3 m1")]
    [InlineData("metrics.acc = 0.3 and name LIKE '%1'", "", "", "m1")]
    [InlineData("metrics.acc < 0.5", "train:", "", "m2")]
    [InlineData("", "train", "", "m3 m2")]
    [InlineData("", "train:d3 nope", "name", "m3")]
    [InlineData("params.none IS NULL", "test", "name", "m1 m2 m5")]
    [InlineData("metrics.none > 0", "", "", "")]
    [InlineData("", "", "metrics.acc", "m1 m2 m3 m5 m4")]
    [InlineData("", "", "metrics.acc DESC", "m3 m2 m1 m5 m4")]
    [InlineData("", "", "metrics.acc DESC @test", "m1 m2 m5 m4 m3")]
    [InlineData("", "", "metrics.acc @test:d2", "m2 m5 m4 m3 m1")]
    public async Task Logged_models_are_found_and_ordered_by_their_metrics_on_datasets(string filter, string datasets, string order, string ids)
    {
        await AddMeasuredAsync();
        var (terms, on) = order.Split(" @") is [var term, var dataset] ? (term, Datasets(dataset)[0]) : (order, null);

        var found = await PagesAsync(
            SearchSubject.LoggedModels,
            filter,
            terms,
            query => Stores.Search.LoggedModelsAsync(["e"], query with { Datasets = Datasets(datasets), Order = [.. query.Order.Select(by => by with { Dataset = on })] }));

        found.Select(model => model.Id).ShouldBe(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_page_token_is_good_for_its_own_datasets_alone()
    {
        await AddMeasuredAsync();
        var query = new SearchQuery([], [new OrderTerm(SearchField.Metric, "acc", false)], 1) { Datasets = Datasets("test") };
        var token = (await Stores.Search.LoggedModelsAsync(["e"], query)).Value.NextToken;

        (await Stores.Search.LoggedModelsAsync(["e"], query with { PageToken = token })).IsSuccess.ShouldBeTrue();
        (await Stores.Search.LoggedModelsAsync(["e"], query with { PageToken = token, Datasets = Datasets("train") })).Error!.Message.ShouldBe("The page token does not belong to this search.");
        (await Stores.Search.LoggedModelsAsync(["e"], query with { PageToken = token, Order = [query.Order[0] with { Dataset = new DatasetFilter("test") }] })).IsSuccess.ShouldBeFalse();
    }

    /// <summary>As <c>name</c> or <c>name:digest</c>, with spaces between them.</summary>
    private static DatasetFilter[] Datasets(string texts) =>
        [.. texts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')).Select(parts => new DatasetFilter(parts[0], parts.ElementAtOrDefault(1) ?? ""))];

    /// <summary>Five models, each a second newer: three with some accuracy, one without, one whose accuracy is NaN.</summary>
    private async Task AddMeasuredAsync()
    {
        await AddRunsAsync("r");
        foreach (var number in Enumerable.Range(1, 5))
            await Stores.LoggedModels.AddAsync(new LoggedModel($"m{number}", "e", $"net-{number}", "", "r", "LOGGED_MODEL_READY", Noon.AddSeconds(number), Noon));
        ModelMetric[] metrics =
        [
            Metric("m1", 1, 0.9, "test", "d1"), Metric("m1", 2, 0.3, "", ""), Metric("m2", 1, 0.8, "test", "d2"), Metric("m2", 2, 0.4, "train", "d4"), Metric("m3", 1, 0.7, "train", "d3"),
            Metric("m5", 1, double.NaN, "test", "d2"),
        ];
        (await Stores.RunData.LogAsync("r", RunBatch.Nothing with { Metrics = [.. metrics.Select(metric => metric.Point)], ModelMetrics = metrics })).IsSuccess.ShouldBeTrue();

        static ModelMetric Metric(string model, long step, double value, string dataset, string digest) =>
            new(model, "r", new MetricPoint("acc", step, value, Noon.AddSeconds(step)), dataset, digest);
    }

    private static async Task<List<T>> PagesAsync<T>(SearchSubject subject, string filter, string order, Func<SearchQuery, Task<Core.Result<Page<T>>>> search)
    {
        var conditions = SearchParser.Filter(filter, subject).Value;
        var terms = SearchParser.Order([.. order.Split(", ", StringSplitOptions.RemoveEmptyEntries)], subject).Value;
        var found = new List<T>();
        string? token = null;
        do
        {
            var page = (await search(new SearchQuery(conditions, terms, 1, token))).Value;
            found.AddRange(page.Items);
            token = page.NextToken;
        }
        while (token is not null);

        return found;
    }

    private async Task AddModelsAsync()
    {
        foreach (var (i, name) in ((string[])["adult", "census", "other"]).Index())
            await Stores.ModelRegistry.AddModelAsync(new RegisteredModel(name, "", Noon.AddMinutes(i), Noon.AddMinutes(i)));
        await Stores.Tags.SetAsync(TagOwner.RegisteredModel("census"), new Dictionary<string, string> { ["team"] = "red" });
        await AddVersionAsync("adult", "r1");
        await AddVersionAsync("adult", "r2");
        await AddVersionAsync("census", "r3");
        await Stores.Tags.SetAsync(TagOwner.ModelVersion("adult", 2), new Dictionary<string, string> { ["checked"] = "yes" });

        async Task AddVersionAsync(string name, string run) =>
            (await Stores.ModelRegistry.AddVersionAsync(new ModelVersion(name, 0, run, "", 0, "", Noon) { Source = $"s3://{run}" })).IsSuccess.ShouldBeTrue();
    }
}
