using Mtl.Tracking.Metrics;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IMetricStore</c> must hold.</summary>
public abstract class MetricStoreConformance : StoreConformance
{
    [Fact]
    public async Task Histories_come_back_per_key_in_step_order()
    {
        await AddRunsAsync("r", "s");
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 2, 0.5), Point("b/loss", 1, 0.25), Point("a/loss", 1, 0.1)]);
        await Stores.Metrics.AppendAsync("s", [Point("a/loss", 1, 9)]);

        var history = await Stores.Metrics.HistoryAsync("r");

        history.Keys.ShouldBe(["a/loss", "b/loss"], ignoreOrder: true);
        history["a/loss"].ShouldBe([Point("a/loss", 1, 0.1), Point("a/loss", 2, 0.5)]);
        history["b/loss"].ShouldBe([Point("b/loss", 1, 0.25)]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(0.1 + 0.2)]
    [InlineData(3.0)]
    public async Task Any_value_is_kept_to_the_last_bit(double value)
    {
        await AddRunsAsync("r");
        await Stores.Metrics.AppendAsync("r", [Point("all/loss", 1, value)]);

        (await Stores.Metrics.HistoryAsync("r"))["all/loss"].Single().Value.ShouldBe(value);
        (await Stores.Metrics.LatestAsync(["r"]))["r"]["all/loss"].ShouldBe(value);
    }

    [Fact]
    public async Task A_point_replaces_the_one_of_its_run_key_and_step()
    {
        await AddRunsAsync("r");
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 1, 0.5), Point("a/loss", 1, 0.6)]);
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 1, 0.7)]);

        (await Stores.Metrics.HistoryAsync("r"))["a/loss"].ShouldBe([Point("a/loss", 1, 0.7)]);
    }

    [Fact]
    public async Task A_history_can_begin_after_a_step()
    {
        await AddRunsAsync("r");
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 1, 1), Point("a/loss", 2, 2), Point("a/loss", 3, 3), Point("b/loss", 1, 1)]);

        var history = await Stores.Metrics.HistoryAsync("r", afterStep: 1);

        history.Keys.ShouldBe(["a/loss"]);
        history["a/loss"].Select(point => point.Step).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_long_history_is_thinned_and_keeps_its_ends_and_extremes()
    {
        await AddRunsAsync("r");
        const int Points = 10_007;
        await Stores.Metrics.AppendAsync("r", [.. Enumerable.Range(1, Points).Select(step => Point("a/loss", step, step switch
        {
            4321 => 1e9,
            8765 => double.NegativeInfinity,
            5000 => double.NaN,
            _ => Math.Sin(step),
        }))]);

        var thinned = (await Stores.Metrics.HistoryAsync("r", maximumPoints: 100))["a/loss"];

        thinned.Count.ShouldBeInRange(90, 100);
        thinned.ShouldBeInOrder(SortDirection.Ascending, Comparer<MetricPoint>.Create((a, b) => a.Step.CompareTo(b.Step)));
        (thinned[0].Step, thinned[^1].Step).ShouldBe((1, Points));
        thinned.ShouldContain(Point("a/loss", 4321, 1e9));
        thinned.ShouldContain(Point("a/loss", 8765, double.NegativeInfinity));
    }

    [Fact]
    public async Task A_history_of_the_maximum_length_is_whole()
    {
        await AddRunsAsync("r");
        await Stores.Metrics.AppendAsync("r", [.. Enumerable.Range(1, 100).Select(step => Point("a/loss", step, step))]);

        (await Stores.Metrics.HistoryAsync("r", maximumPoints: 100))["a/loss"].Count.ShouldBe(100);
    }

    [Fact]
    public async Task Latest_gives_the_value_of_the_greatest_step_for_each_run_asked()
    {
        await AddRunsAsync("r", "s", "empty");
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 5, 0.5), Point("a/auc", 1, 0.9)]);
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 2, 0.2)]);
        await Stores.Metrics.AppendAsync("s", [Point("a/loss", 1, 7)]);

        var latest = await Stores.Metrics.LatestAsync(["r", "empty", "nope"]);

        latest.Keys.ShouldBe(["r", "empty", "nope"], ignoreOrder: true);
        latest["r"].ShouldBe(new Dictionary<string, double> { ["a/loss"] = 0.5, ["a/auc"] = 0.9 }, ignoreOrder: true);
        latest["empty"].ShouldBeEmpty();
        latest["nope"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Latest_of_no_runs_is_empty() => (await Stores.Metrics.LatestAsync([])).ShouldBeEmpty();

    [Fact]
    public async Task A_rewind_drops_points_and_log_lines_beyond_the_step_of_that_run_only()
    {
        await AddRunsAsync("r", "s");
        foreach (var run in (string[])["r", "s"])
        {
            await Stores.Metrics.AppendAsync(run, [Point("a/loss", 1, 1), Point("a/loss", 2, 2), Point("late/loss", 3, 3)]);
            await Stores.Logs.AppendAsync(run, [new(0, 1, Noon, default, "kept"), new(0, 2, Noon, default, "dropped")]);
        }

        await Stores.Metrics.RewindAsync("r", 1);

        (await Stores.Metrics.HistoryAsync("r")).ShouldHaveSingleItem().Value.ShouldBe([Point("a/loss", 1, 1)]);
        (await Stores.Metrics.LatestAsync(["r"]))["r"].ShouldBe(new Dictionary<string, double> { ["a/loss"] = 1 });
        (await Stores.Logs.ReadAsync("r")).Select(line => line.Message).ShouldBe(["kept"]);
        (await Stores.Metrics.HistoryAsync("s")).Sum(series => series.Value.Count).ShouldBe(3);
        (await Stores.Logs.ReadAsync("s")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_for_an_unknown_run_is_refused_whole()
    {
        await Should.ThrowAsync<Exception>(() => Stores.Metrics.AppendAsync("nope", [Point("a/loss", 1, 1)]));

        (await Stores.Metrics.HistoryAsync("nope")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Readers_see_each_batch_whole_while_writers_write()
    {
        await AddRunsAsync("r", "s");
        const int Batches = 40, BatchSize = 50;
        var writing = Task.WhenAll(((string[])["r", "s"]).Select(run => Task.Run(async () =>
        {
            for (var batch = 0; batch < Batches; batch++)
                await Stores.Metrics.AppendAsync(run, [.. Enumerable.Range(1, BatchSize).Select(i => Point($"{i % 5}/loss", (batch * BatchSize) + i, i))]);
        })));

        do
        {
            (await Stores.Metrics.HistoryAsync("r")).Sum(series => series.Value.Count % (BatchSize / 5)).ShouldBe(0);
        }
        while (!writing.IsCompleted);

        await writing;
        (await Stores.Metrics.HistoryAsync("r", maximumPoints: 10_000)).Sum(series => series.Value.Count).ShouldBe(Batches * BatchSize);
        (await Stores.Metrics.HistoryAsync("s", maximumPoints: 10_000)).Sum(series => series.Value.Count).ShouldBe(Batches * BatchSize);
    }

    private static MetricPoint Point(string key, long step, double value) => new(key, step, value, Noon.AddMilliseconds(step));
}
