using System.Text;
using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Collaboration;

/// <summary>Tables and groups over six runs: two learning rates, three seeds each.</summary>
public sealed class RunTableServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private Application application = null!;

    private IRunTable Table => application.Get<IRunTable>();

    private IRunGroups Groups => application.Get<IRunGroups>();

    public async ValueTask InitializeAsync()
    {
        application = await Application.StartAsync();
        var stores = application.Platform.Storage;
        await stores.Experiments.AddAsync(new Experiment("e", "e", null, Noon, Noon, false, 0));
        for (var i = 0; i < 6; i++)
        {
            var (id, rate, seed) = ($"r{i}", i < 3 ? "0.1" : "0.01", i % 3);
            await stores.Runs.AddAsync(new Run(id, "e", $"run {i}", RunKind.Tracked, null, Noon.AddMinutes(i)) { Status = RunStatus.Completed, StartedAt = Noon.AddMinutes(i), EndedAt = Noon.AddMinutes(i + 1), Owner = "ada" });
            MetricPoint[] points = [new("loss", 0, 10, Noon), new("loss", 1, i + 1, Noon), new("only/first", 0, i == 0 ? 7 : 8, Noon)];
            await stores.RunData.LogAsync(id, new RunBatch(
                i == 0 ? points : points[..2],
                new Dictionary<string, string> { ["lr"] = rate, ["seed"] = $"{seed}", ["model"] = "mlp" },
                new Dictionary<string, string> { ["team"] = i % 2 == 0 ? "=blue" : "red" }));
        }
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var query = new RunTableQuery("e") { Sort = ColumnKey.Metric("loss"), IsDescending = true, PageSize = 4 };
        var first = (await Table.PageAsync(query)).Value;
        var second = (await Table.PageAsync(query with { PageToken = first.NextToken })).Value;

        first.Rows.Concat(second.Rows).Select(row => row.Id).ShouldBe(["r5", "r4", "r3", "r2", "r1", "r0"]);
        second.NextToken.ShouldBeNull();
        first.Rows[0].ShouldSatisfyAllConditions(
            row => row.Metrics["loss"].ShouldBe(6),
            row => row.Parameters["lr"].ShouldBe("0.01"),
            row => row.Duration.ShouldBe(TimeSpan.FromMinutes(1)),
            row => row.Text(ColumnKey.Parse("status")).ShouldBe("FINISHED"));
    }

    [Fact]
    public async Task Summaries_come_in_pages_the_newest_first_without_archived_ones()
    {
        var runs = application.Get<IRuns>();
        for (var i = 6; i < IRuns.PageSize + 3; i++)
            await application.Platform.Storage.Runs.AddAsync(new Run($"r{i}", "e", $"run {i}", RunKind.Tracked, null, Noon.AddMinutes(i)));
        await application.Get<Mtl.Application.Collaboration.Filing.IRunFiling>().ArchiveAsync(["r2"]);

        var first = (await runs.PageAsync("e")).Value;
        var second = (await runs.PageAsync("e", first.NextToken)).Value;

        first.Items.Select(run => run.Id).ShouldBe(Enumerable.Range(3, IRuns.PageSize).Reverse().Select(i => $"r{i}"));
        second.Items.Select(run => (run.Id, run.Metrics["loss"])).ShouldBe([("r1", 2), ("r0", 1)]);
        second.NextToken.ShouldBeNull();
        (await runs.OfAsync(["r4", "r2", "none", "r0", "r4"])).Select(run => run.Id).ShouldBe(["r4", "r0"]);
    }

    [Fact]
    public async Task A_filter_is_MLflows() =>
        (await Table.PageAsync(new RunTableQuery("e") { Filter = "metrics.loss < 3 and tags.team = 'red'" })).Value.Rows.Select(row => row.Id).ShouldBe(["r1"]);

    [Fact]
    public async Task Archived_runs_stand_by_themselves()
    {
        await application.Get<Mtl.Application.Collaboration.Filing.IRunFiling>().ArchiveAsync(["r2"]);

        (await Table.PageAsync(new RunTableQuery("e") { IsArchived = true })).Value.Rows.Select(row => row.Id).ShouldBe(["r2"]);
        (await Table.PageAsync(new RunTableQuery("e"))).Value.Rows.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("metrics.loss <", "", "filter")]
    [InlineData("", "nonsense", "order_by")]
    public async Task What_can_not_be_read_is_refused_with_its_field(string filter, string sort, string field)
    {
        var refused = (await Table.PageAsync(new RunTableQuery("e") { Filter = filter, Sort = sort.Length > 0 ? ColumnKey.Parse(sort) : null })).Error.ShouldNotBeNull();

        (refused.Kind, refused.Field).ShouldBe((ErrorKind.Invalid, field));
    }

    [Fact]
    public async Task Pages_are_bounded_and_experiments_must_exist()
    {
        (await Table.PageAsync(new RunTableQuery("e") { PageSize = 501 })).Error!.Message.ShouldBe("A page of 501 runs is not possible; 1 to 500 are.");
        (await Table.PageAsync(new RunTableQuery("nope"))).Error!.Message.ShouldBe("There is no experiment 'nope'.");
    }

    [Fact]
    public async Task Chosen_columns_come_as_csv_that_a_spreadsheet_can_open()
    {
        var csv = await CsvAsync(new RunTableQuery("e") { Sort = ColumnKey.Metric("loss") }, ["params.lr", "metrics.only/first", "tags.team"]);

        csv.Split("\r\n")[..3].ShouldBe(["run_id,run_name,params.lr,metrics.only/first,tags.team", "r0,run 0,0.1,7,\"'=blue\"", "r1,run 1,0.1,,red"]);
    }

    [Fact]
    public async Task Without_a_choice_every_column_comes() =>
        (await CsvAsync(new RunTableQuery("e"), [])).Split("\r\n")[0]
            .ShouldBe("run_id,run_name,status,user_id,start_time,end_time,duration,params.lr,params.model,params.seed,metrics.loss,metrics.only/first,tags.team");

    [Fact]
    public async Task Runs_that_differ_in_their_seed_alone_are_one_group()
    {
        var groups = (await Groups.GroupAsync(new RunGroupQuery(new RunTableQuery("e"), []))).Value;

        groups.By.ShouldBe([ColumnKey.Parameter("lr")]);
        groups.Choices.ShouldBe([ColumnKey.Parameter("seed"), ColumnKey.Tag("team")]);
        (groups.Runs, groups.IsPartial).ShouldBe((6, false));
        groups.Groups.Select(group => (group.Label(groups.By), group.RunIds.Count, group.Metrics["loss"])).ShouldBe(
            [("lr = 0.01", 3, new Spread(3, 5, 1, 4, 6)), ("lr = 0.1", 3, new Spread(3, 2, 1, 1, 3))], ignoreOrder: true);
        groups.Groups.Single(group => group.Values[0] == "0.1").Metrics["only/first"].ShouldBe(new Spread(1, 7, null, 7, 7));
    }

    [Fact]
    public async Task A_groups_curve_has_a_band()
    {
        var curves = (await Groups.CurvesAsync(new RunGroupQuery(new RunTableQuery("e") { Filter = "params.lr = '0.1'" }, [ColumnKey.Parameter("lr")]), "loss")).Value;

        var curve = curves.ShouldHaveSingleItem();
        (curve.Label, curve.Runs).ShouldBe(("lr = 0.1", 3));
        curve.Points.ShouldBe([new BandPoint(0, 3, 10, 0), new BandPoint(1, 3, 2, 1)]);
    }

    [Theory]
    [InlineData("metrics.a/b,params.lr,tags.x,start_time")]
    [InlineData("params.a%2Cb,metrics.50%25")]
    public void Columns_stand_in_addresses_as_they_are_read(string text) => ColumnKey.ListText(ColumnKey.ParseList(text)).ShouldBe(text);

    private async Task<string> CsvAsync(RunTableQuery query, string[] columns)
    {
        using var target = new MemoryStream();
        await (await Table.CsvAsync(query, [.. columns.Select(ColumnKey.Parse)])).Value(target, CancellationToken.None);
        return Encoding.UTF8.GetString(target.ToArray());
    }
}
