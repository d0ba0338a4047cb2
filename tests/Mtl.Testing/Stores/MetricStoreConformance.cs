using Mtl.Tracking.Metrics;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IMetricStore</c> must hold.</summary>
public abstract class MetricStoreConformance(StoreSource source) : StoreConformance(source)
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
    public async Task Several_points_of_one_step_are_kept_in_the_order_of_time_and_value()
    {
        await AddRunsAsync("r");
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 1, 0.6), Point("a/loss", 1, 0.5)]);
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 1, 0.9) with { Time = Noon }, Point("a/loss", 1, double.NaN)]);

        (await Stores.Metrics.HistoryAsync("r"))["a/loss"].ShouldBe(
            [Point("a/loss", 1, 0.9) with { Time = Noon }, Point("a/loss", 1, 0.5), Point("a/loss", 1, 0.6), Point("a/loss", 1, double.NaN)]);
    }

    [Fact]
    public async Task A_batch_sent_again_adds_nothing()
    {
        await AddRunsAsync("r");
        MetricPoint[] batch = [Point("a/loss", 1, 0.5), Point("a/loss", 2, double.NaN), Point("b/loss", 7, double.PositiveInfinity), Point("a/loss", 2, double.NaN)];
        await Stores.Metrics.AppendAsync("r", batch);
        await Stores.Metrics.AppendAsync("r", [.. batch, Point("a/loss", 3, 0.25)]);
        await Stores.Metrics.AppendAsync("r", batch);

        (await Stores.Metrics.HistoryAsync("r"))["a/loss"].ShouldBe([Point("a/loss", 1, 0.5), Point("a/loss", 2, double.NaN), Point("a/loss", 3, 0.25)]);
        (await Stores.MetricReader.SummariesAsync(["r"]))["r"].ToDictionary(series => series.Key, series => series.Value.Count)
            .ShouldBe(new Dictionary<string, long> { ["a/loss"] = 3, ["b/loss"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_summary_knows_count_last_least_and_greatest_however_the_points_came()
    {
        await AddRunsAsync("r", "empty");
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 5, 0.5), Point("a/loss", 6, double.NaN), Point("nan", 1, double.NaN)]);
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 2, -3), Point("a/loss", 9, -3), Point("a/loss", 7, 4)]);
        await Stores.Metrics.AppendAsync("r", [Point("a/loss", 1, 4)]);

        var summaries = await Stores.MetricReader.SummariesAsync(["r", "empty", "nope"]);

        summaries["r"]["a/loss"].ShouldBe(new MetricSummary(6, Point("a/loss", 9, -3), Point("a/loss", 2, -3), Point("a/loss", 1, 4)));
        summaries["r"]["nan"].ShouldBe(new MetricSummary(1, Point("nan", 1, double.NaN), null, null));
        summaries["empty"].ShouldBeEmpty();
        summaries["nope"].ShouldBeEmpty();
        var last = await Stores.MetricReader.LastAsync(["r", "empty", "nope"]);
        last["r"].ShouldBe(new Dictionary<string, MetricPoint> { ["a/loss"] = Point("a/loss", 9, -3), ["nan"] = Point("nan", 1, double.NaN) }, ignoreOrder: true);
        last["empty"].ShouldBeEmpty();
        last["nope"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_go_through_a_history_and_leave_nothing_out()
    {
        await AddRunsAsync("r");
        MetricPoint[] points = [.. Enumerable.Range(0, 25).Select(i => Point("a/loss", i / 4, i % 3 == 0 ? double.NaN : i % 5))];
        await Stores.Metrics.AppendAsync("r", points);
        var expected = (await Stores.Metrics.HistoryAsync("r", afterStep: -1))["a/loss"];

        var read = new List<MetricPoint>();
        while (await Stores.MetricReader.PageAsync("r", "a/loss", read.Count == 0 ? null : read[^1], 4) is { Count: > 0 } page)
            read.AddRange(page);

        read.ShouldBe(expected);
        (await Stores.MetricReader.PageAsync("r", "nope", null, 4)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_very_long_history_keeps_its_ends_and_extremes_in_any_window_and_however_it_came(bool isShuffled)
    {
        await AddRunsAsync("r");
        const int Points = 20_000;
        MetricPoint[] points = [.. Enumerable.Range(1, Points).Select(step => Point("a/loss", step, step switch
        {
            4321 => 1e9,
            8765 => double.NegativeInfinity,
            5000 => double.NaN,
            Points - 7 => 1e8,
            _ => Math.Sin(step),
        }))];
        if (isShuffled)
            new Random(1).Shuffle(points);
        foreach (var batch in points.Chunk(1999))
            await Stores.Metrics.AppendAsync("r", batch);

        var whole = await Stores.MetricReader.ThinnedAsync("r", "a/loss", 100);
        var late = await Stores.MetricReader.ThinnedAsync("r", "a/loss", 100, firstStep: 9000);
        var middle = await Stores.MetricReader.ThinnedAsync("r", "a/loss", 100, firstStep: 4000, lastStep: 4500);

        whole.Count.ShouldBeInRange(90, 100);
        whole.ShouldBeInOrder(SortDirection.Ascending, Comparer<MetricPoint>.Create((a, b) => a.Step.CompareTo(b.Step)));
        (whole[0].Step, whole[^1].Step).ShouldBe((1, Points));
        whole.ShouldContain(Point("a/loss", 4321, 1e9));
        whole.ShouldContain(Point("a/loss", 8765, double.NegativeInfinity));
        (late[0].Step, late[^1].Step).ShouldBe((9000, Points));
        late.ShouldContain(Point("a/loss", Points - 7, 1e8));
        late.Count.ShouldBeInRange(90, 100);
        (middle[0].Step, middle[^1].Step).ShouldBe((4000, 4500));
        middle.ShouldContain(Point("a/loss", 4321, 1e9));
        (await Stores.MetricReader.ThinnedAsync("r", "nope", 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Any_part_of_a_history_is_thinned_at_any_resolution_without_losing_its_ends_and_extremes()
    {
        await AddRunsAsync("r");
        const int Points = 150_000;
        var random = new Random(3);
        var values = Enumerable.Range(0, Points).Select(step => random.Next(1000) == 0 ? double.NaN : Math.Sin(step * 1e-4) + random.NextDouble()).ToArray();
        foreach (var batch in Enumerable.Range(0, Points).Select(step => Point("a/loss", step, values[step])).Chunk(9_973))
            await Stores.Metrics.AppendAsync("r", batch);

        for (var part = 0; part < 60; part++)
        {
            var maximum = IMetricReader.FewestPoints << random.Next(7);
            var first = part < 5 ? 0 : random.Next(Points - 1);
            var last = part < 5 ? Points - 1 : random.Next(first, Points);

            var thinned = await Stores.MetricReader.ThinnedAsync("r", "a/loss", maximum, first, last);

            var within = Enumerable.Range(first, last - first + 1).Where(step => !double.IsNaN(values[step])).ToList();
            thinned.Count.ShouldBeInRange(Math.Min(maximum / 2, last - first + 1), maximum);
            (thinned[0].Step, thinned[^1].Step).ShouldBe((first, last));
            thinned.ShouldAllBe(point => point == Point("a/loss", point.Step, values[point.Step]));
            thinned.Where(point => !double.IsNaN(point.Value)).Min(point => point.Value).ShouldBe(within.Min(step => values[step]));
            thinned.Where(point => !double.IsNaN(point.Value)).Max(point => point.Value).ShouldBe(within.Max(step => values[step]));
        }
    }

    [Fact]
    public async Task After_a_rewind_summary_and_thinned_history_are_of_what_is_left()
    {
        await AddRunsAsync("r");
        await Stores.Metrics.AppendAsync("r", [.. Enumerable.Range(1, 9000).Select(step => Point("a/loss", step, step == 8000 ? 1e9 : step))]);

        await Stores.Metrics.RewindAsync("r", 7777);

        (await Stores.MetricReader.SummariesAsync(["r"]))["r"]["a/loss"].ShouldBe(new MetricSummary(7777, Point("a/loss", 7777, 7777), Point("a/loss", 1, 1), Point("a/loss", 7777, 7777)));
        var thinned = await Stores.MetricReader.ThinnedAsync("r", "a/loss", 100);
        (thinned[0].Step, thinned[^1].Step).ShouldBe((1, 7777));
        thinned.ShouldAllBe(point => point.Value == point.Step);
    }

    [Fact]
    public async Task Writers_at_once_to_one_run_lose_nothing()
    {
        await AddRunsAsync("r");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var batch = 0; batch < 10; batch++)
                await Stores.Metrics.AppendAsync("r", [.. Enumerable.Range(0, 20).Select(i => Point($"{i % 7}/loss", (((batch * 20) + i) * 8) + writer, 1))]);
        })));

        (await Stores.MetricReader.SummariesAsync(["r"]))["r"].Values.Sum(series => series.Count).ShouldBe(1600);
        (await Stores.Metrics.HistoryAsync("r", afterStep: -1)).Values.Sum(series => series.Count).ShouldBe(1600);
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
