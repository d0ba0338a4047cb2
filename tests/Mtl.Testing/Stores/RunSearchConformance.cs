using System.Globalization;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ISearch</c> must hold of runs.</summary>
public abstract class RunSearchConformance(StoreSource source) : StoreConformance(source)
{
    /// <summary>Filter → ids found, the newest first.</summary>
    public static TheoryData<string, string> Filters => new()
    {
        { "", "e d c b a" },
        { "metrics.loss < 0.5", "b a" },
        { "metrics.loss <= 0.5 and params.lr = '0.1'", "c a" },
        { "metrics.loss = 0.25", "b" },
        { "metrics.loss != 0.25", "c a" },
        { "metrics.loss > -1e300", "c b a" },
        { "metrics.`val/auc` >= 0.5", "b" },
        { "metrics.nope > 0", "" },
        { "params.lr = '0.1'", "c a" },
        { "params.lr != '0.1'", "b" },
        { "params.lr LIKE '0.%'", "c b a" },
        { "params.opt LIKE 'Adam%'", "a" },
        { "params.opt ILIKE 'adam%'", "b a" },
        { "params.opt LIKE 'Adam_W'", "" },
        { "params.opt LIKE '%\\%'", "c" },
        { "params.lr IS NULL", "e d" },
        { "params.lr IS NOT NULL", "c b a" },
        { "tags.team = 'red'", "d a" },
        { "tags.team != 'red'", "b" },
        { "tags.team IS NULL", "e c" },
        { "tags.\"a.b c\" = 'it''s'", "" },
        { "attributes.status = 'FINISHED'", "c b" },
        { "status != 'FINISHED'", "e d a" },
        { "run_name LIKE 'name of%' and run_id IN ('a', 'c', 'nope')", "c a" },
        { "run_id NOT IN ('a', 'c')", "e d b" },
        { "run_name ILIKE 'NAME OF B'", "b" },
        { "attributes.start_time > 1772366400123", "c b" },
        { "attributes.start_time <= 1772366400123", "a" },
        { "attributes.end_time > 0", "" },
        { "attributes.user_id = 'ada'", "b" },
        { "attributes.artifact_uri = 'mlflow-artifacts:/e/b/artifacts'", "b" },
        { "artifact_uri = 'mlflow-artifacts:/f/b/artifacts'", "" },
        { "artifact_uri = 'b'", "" },
        { "artifact_uri != 'mlflow-artifacts:/e/b/artifacts'", "e d c a" },
        { "artifact_uri LIKE '%/c/%' and status = 'FINISHED'", "c" },
        { "artifact_uri ILIKE 'MLFLOW-ARTIFACTS:/E/%'", "e d c b a" },
        { "datasets.name = 'adult' and dataset.context = 'training'", "a" },
        { "datasets.digest IN ('d1', 'd2')", "b a" },
        { "metrics.loss < 0.5 and tags.team = 'red' and params.lr = '0.1' and status = 'RUNNING'", "a" },
    };

    /// <summary>Order → ids.</summary>
    public static TheoryData<string, string> Orders => new()
    {
        { "metrics.loss", "a b c d e" },
        { "metrics.loss DESC", "c b a d e" },
        { "params.lr", "c a b e d" },
        { "params.lr DESC", "b c a e d" },
        { "tags.team", "b d a e c" },
        { "attributes.start_time", "a b c e d" },
        { "attributes.start_time DESC", "c b a e d" },
        { "run_id", "a b c d e" },
        { "run_name DESC", "e d c b a" },
        { "status, metrics.loss DESC", "c b d e a" },
        { "metrics.nope, run_id", "a b c d e" },
        { "metrics.`val/auc`, metrics.loss DESC", "b c a d e" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_what_meets_it(string filter, string ids)
    {
        await AddAsync();

        (await FindAsync(filter, "created DESC", 100)).ShouldBe(Split(ids));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task An_order_is_kept_with_runs_without_a_value_last_and_page_by_page(string order, string ids)
    {
        await AddAsync();

        (await FindAsync("", order, 100)).ShouldBe(Split(ids));
        (await FindAsync("", order, 1)).ShouldBe(Split(ids));
        (await FindAsync("", order, 2)).ShouldBe(Split(ids));
        (await FindAsync("run_id IN ('a', 'b', 'c', 'd', 'e')", order, 1)).ShouldBe(Split(ids));
        (await FindAsync("run_id IN ('a', 'b', 'c', 'd', 'e')", order, 2)).ShouldBe(Split(ids));
        (await FindAsync("metrics.loss <= 0.25", order, 1)).ShouldBe(Split(ids).Where(id => id is "a" or "b"));
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_leave_out_a_run_where_all_are_equal_or_come_in_between()
    {
        await Stores.Experiments.AddAsync(NewExperiment("e"));
        var ids = Enumerable.Range(0, 23).Select(i => $"r{i:00}").ToArray();
        foreach (var id in ids)
        {
            await Stores.Runs.AddAsync(NewRun(id));
            await Stores.Metrics.AppendAsync(id, [new MetricPoint("loss", 1, Number(id) % 3 == 0 ? double.NaN : 1, Noon)]);
        }

        var found = await FindAsync("", "metrics.loss", 4);
        await Stores.Runs.AddAsync(NewRun("later", at: Noon.AddHours(1)));

        found.Order().ShouldBe(ids);
        found.Take(15).ShouldNotContain(id => Number(id) % 3 == 0);
    }

    [Fact]
    public async Task Archived_runs_and_other_experiments_are_seen_when_asked_for()
    {
        await Stores.Experiments.AddAsync(NewExperiment("e"));
        await Stores.Experiments.AddAsync(NewExperiment("f"));
        await Stores.Runs.AddAsync(NewRun("live", "e", Noon));
        await Stores.Runs.AddAsync(NewRun("gone", "e", Noon.AddSeconds(1)) with { DeletedAt = Noon });
        await Stores.Runs.AddAsync(NewRun("other", "f", Noon.AddSeconds(2)));
        var query = new SearchQuery([], [], 10);

        (await Stores.Search.RunsAsync(["e"], query, RecordView.Active)).Value.Items.Select(run => run.Id).ShouldBe(["live"]);
        (await Stores.Search.RunsAsync(["e"], query, RecordView.Deleted)).Value.Items.Select(run => run.Id).ShouldBe(["gone"]);
        (await Stores.Search.RunsAsync(["e", "f", "nope"], query, RecordView.All)).Value.Items.Select(run => run.Id).ShouldBe(["other", "gone", "live"]);
        (await Stores.Search.RunsAsync([], query, RecordView.All)).Value.Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_are_found_by_where_their_files_are()
    {
        await Stores.Experiments.AddAsync(NewExperiment("e") with { ArtifactLocation = "s3://bucket/here/" });
        await Stores.Runs.AddAsync(NewRun("logged") with { Kind = RunKind.Tracked, Definition = null });
        await Stores.Runs.AddAsync(NewRun("trained"));

        (await FindAsync("artifact_uri = 's3://bucket/here/logged/artifacts'", "run_id", 10)).ShouldBe(["logged"]);
        (await FindAsync("artifact_uri LIKE 's3://bucket/here/%'", "run_id", 10)).ShouldBe(["logged"]);
        (await FindAsync("artifact_uri = 'mlflow-artifacts:/e/trained/artifacts'", "run_id", 10)).ShouldBe(["trained"]);
        (await FindAsync("artifact_uri = 'mlflow-artifacts:/e/logged/artifacts'", "run_id", 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_of_another_search_or_none_at_all_is_refused()
    {
        await AddAsync();
        var query = new SearchQuery([], [new OrderTerm(SearchField.Metric, "loss", false)], 2);
        var token = (await Stores.Search.RunsAsync(["e"], query, RecordView.Active)).Value.NextToken!;
        var refusal = Error.Invalid("The page token does not belong to this search.", "Repeat the search of the first page, and go on with the token that it gives.", "page_token");

        (await Stores.Search.RunsAsync(["e"], query with { PageToken = token }, RecordView.Active)).IsSuccess.ShouldBeTrue();
        (await Stores.Search.RunsAsync(["e"], query with { PageToken = token }, RecordView.All)).Error.ShouldBe(refusal);
        (await Stores.Search.RunsAsync(["e"], query with { PageToken = token, Order = [] }, RecordView.Active)).Error.ShouldBe(refusal);
        foreach (var text in (string[])["nonsense", "e30", "!!!", token[..^4], "AAAA"])
            (await Stores.Search.RunsAsync(["e"], query with { PageToken = text }, RecordView.Active)).Error.ShouldBe(refusal);
    }

    [Fact]
    public async Task Nothing_that_a_caller_gives_becomes_sql()
    {
        await AddAsync();
        const string Hostile = "x' OR '1'='1' -- \"; DROP TABLE runs; @p0 :p1 $1 \\";

        foreach (var field in (SearchField[])[SearchField.Metric, SearchField.Parameter, SearchField.Tag])
        {
            ConditionValue value = field == SearchField.Metric ? new ConditionValue.Number(0) : new ConditionValue.Text(Hostile);
            (await Stores.Search.RunsAsync(["e", Hostile], new SearchQuery([new Condition(field, Hostile, Comparison.Equal, value)], [new OrderTerm(field, Hostile, true)], 5), RecordView.All))
                .Value.Items.ShouldBeEmpty();
        }

        (await FindAsync("", "run_id", 100)).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Very_many_texts_and_very_long_patterns_are_refused()
    {
        await AddAsync();

        (await Stores.Search.RunsAsync(["e"], new SearchQuery([new Condition(SearchField.Attribute, "run_id", Comparison.In, new ConditionValue.Texts([.. Enumerable.Range(0, 1001).Select(i => $"{i}")]))], [], 5), RecordView.All))
            .Error!.Message.ShouldBe("The filter compares 'run_id' with 1,001 texts; at most 1,000 are allowed.");
        (await Stores.Search.RunsAsync(["e"], new SearchQuery([new Condition(SearchField.Tag, "t", Comparison.Like, new ConditionValue.Text(new string('%', 10_001)))], [], 5), RecordView.All))
            .Error!.Message.ShouldBe("The filter's pattern for 't' has 10,001 characters; at most 10,000 are allowed.");
    }

    [Fact]
    public async Task Long_values_that_begin_alike_are_told_apart()
    {
        await AddRunsAsync("a", "b");
        var common = new string('x', 1000);
        await LogAsync("a", $"{common}1");
        await LogAsync("b", $"{common}2");

        (await FindAsync($"params.long = '{common}2'", "run_id", 10)).ShouldBe(["b"]);
        (await FindAsync("", "params.long DESC, run_id", 1)).ShouldBe(["a", "b"]);

        async Task LogAsync(string run, string value) =>
            (await Stores.RunData.LogAsync(run, new RunBatch([], new Dictionary<string, string> { ["long"] = value }, new Dictionary<string, string>()))).Value.ShouldBeTrue();
    }

    private static int Number(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    private static string[] Split(string ids) => ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a to e, created one second after the other: a, b, c with metrics, d and e without.</summary>
    private async Task AddAsync()
    {
        await Stores.Experiments.AddAsync(NewExperiment("e"));
        Run[] runs =
        [
            NewRun("a", at: Noon) with { Status = RunStatus.Running, StartedAt = Noon },
            NewRun("b", at: Noon.AddSeconds(1)) with { Status = RunStatus.Completed, StartedAt = Noon.AddSeconds(1), Owner = "ada" },
            NewRun("c", at: Noon.AddSeconds(2)) with { Status = RunStatus.Completed, StartedAt = Noon.AddSeconds(2) },
            NewRun("d", at: Noon.AddSeconds(3)) with { Status = RunStatus.Failed },
            NewRun("e", at: Noon.AddSeconds(4)),
        ];
        foreach (var run in runs)
            (await Stores.Runs.AddAsync(run)).IsSuccess.ShouldBeTrue();
        await LogAsync("a", -2, [("lr", "0.1"), ("opt", "AdamW")], "red");
        await LogAsync("b", 0.25, [("lr", "0.2"), ("opt", "adam")], "blue");
        await LogAsync("c", 0.5, [("lr", "0.1"), ("opt", "50\\%")], null);
        await Stores.Metrics.AppendAsync("b", [new MetricPoint("val/auc", 1, 0.75, Noon)]);
        await Stores.Metrics.AppendAsync("d", [new MetricPoint("loss", 1, double.NaN, Noon)]);
        await Stores.RunData.LogAsync("d", new RunBatch([], new Dictionary<string, string>(), new Dictionary<string, string> { ["team"] = "red" }));
        await Stores.RunData.AddInputsAsync("a", [Dataset("adult", "d1", "training"), Dataset("adult", "d3", "validation")], []);
        await Stores.RunData.AddInputsAsync("b", [Dataset("other", "d2", "training")], []);

        async Task LogAsync(string run, double loss, (string Key, string Value)[] parameters, string? team) => (await Stores.RunData.LogAsync(run, new RunBatch(
            [new MetricPoint("loss", 1, 99, Noon), new MetricPoint("loss", 2, loss, Noon)],
            parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value),
            team is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["team"] = team }))).Value.ShouldBeTrue();

        static DatasetInput Dataset(string name, string digest, string context) =>
            new(name, digest, "local", "", "", "", new Dictionary<string, string> { ["mlflow.data.context"] = context });
    }

    /// <summary>Ids of all pages.</summary>
    private async Task<string[]> FindAsync(string filter, string order, int pageSize)
    {
        var conditions = SearchParser.Filter(filter, SearchSubject.Runs).Value;
        var terms = order == "created DESC"
            ? [new OrderTerm(SearchField.Attribute, "created", true)]
            : SearchParser.Order([.. order.Split(", ")], SearchSubject.Runs).Value;
        var found = new List<string>();
        string? token = null;
        do
        {
            var page = (await Stores.Search.RunsAsync(["e"], new SearchQuery(conditions, terms, pageSize, token), RecordView.Active)).Value;
            page.Items.Count.ShouldBeLessThanOrEqualTo(pageSize);
            found.AddRange(page.Items.Select(run => run.Id));
            token = page.NextToken;
        }
        while (token is not null);

        return [.. found];
    }
}
