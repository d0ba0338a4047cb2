using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Tables;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests;

public sealed class RunGridStateTests
{
    [Fact]
    public void A_run_that_still_runs_shows_how_long_it_has()
    {
        var started = new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.Zero);
        var row = new RunTableRow("r", "r", RunKind.Tracked, RunStatus.Running, "", started, started, null, null, new Dictionary<string, string>(), new Dictionary<string, double>(), new Dictionary<string, string>());

        RunGridState.Duration(row, started.AddMinutes(61)).ShouldBe("1 h 1 min …");
        RunGridState.Duration(row, started.AddSeconds(-1)).ShouldBe("0 ms …");
        RunGridState.Duration(row with { EndedAt = started.AddMinutes(2), Status = RunStatus.Completed }, started.AddMinutes(61)).ShouldBe("2 min");
        RunGridState.Duration(row with { Status = RunStatus.Queued, StartedAt = null }, started).ShouldBe("");
    }

    [Fact]
    public void A_state_goes_through_the_address_and_comes_back()
    {
        var state = RunGridState.Of("metrics.loss < 1 & 'x'", "-metrics.acc", "params.lr,metrics.acc", "true", "token");

        state.ViewQuery().ShouldBe("filter=metrics.loss%20%3C%201%20%26%20%27x%27&sort=-metrics.acc&columns=params.lr%2Cmetrics.acc&archived=true");
        state.Query("e").ShouldBe(new RunTableQuery("e") { Filter = "metrics.loss < 1 & 'x'", Sort = ColumnKey.Metric("acc"), IsDescending = true, IsArchived = true, PageToken = "token" });
        RunGridState.Of(null, null, null, null, null).ViewQuery().ShouldBeEmpty();
    }

    [Fact]
    public void A_heading_sorts_one_way_then_the_other_then_as_usual()
    {
        var column = ColumnKey.Metric("loss");
        var first = new RunGridState { After = "token" }.SortedBy(column);
        var second = first.SortedBy(column);

        (first.Sort, first.IsDescending, first.After).ShouldBe((column, true, null));
        (second.Sort, second.IsDescending).ShouldBe((column, false));
        second.SortedBy(column).Sort.ShouldBeNull();
        new RunGridState().SortedBy(ColumnKey.Parameter("lr")).IsDescending.ShouldBeFalse();
    }

    [Fact]
    public void Usually_what_differs_is_shown()
    {
        RunTableRow[] rows = [Row("a", "0.1", 1), Row("b", "0.2", 2)];

        new RunGridState().Shown(rows).Select(column => $"{column}").ShouldBe(["status", "start_time", "duration", "params.lr", "metrics.loss"]);
        new RunGridState().Shown(rows[..1]).Select(column => $"{column}").ShouldBe(["status", "start_time", "duration", "params.lr", "params.model", "metrics.loss"]);
        new RunGridState { Columns = [] }.Shown(rows).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_that_is_a_parameter_and_a_metric_says_which()
    {
        ColumnKey[] shown = [ColumnKey.Parameter("lr"), ColumnKey.Metric("lr"), ColumnKey.Metric("loss")];
        shown.Select(column => RunGridState.Title(column, shown)).ShouldBe(["params.lr", "metrics.lr", "loss"]);
    }

    [Fact]
    public void Every_key_can_be_chosen_but_the_clients_own()
    {
        var choices = new RunGridState { Columns = [ColumnKey.Tag("gone")] }.Choices([Row("a", "0.1", 1)]).Select(column => $"{column}").ToArray();

        choices.ShouldBe(["status", "start_time", "duration", "user_id", "end_time", "run_id", "metrics.loss", "metrics.system/cpu", "params.lr", "params.model", "tags.team", "tags.gone"]);
    }

    [Fact]
    public void A_groups_runs_are_found_by_a_filter()
    {
        var group = new RunGroup(["it's", "0.1"], ["a"], new Dictionary<string, Spread>());
        ColumnKey[] by = [ColumnKey.Tag("team"), ColumnKey.Parameter("learning rate")];

        GroupText.Filter(group, by, "metrics.loss < 1").ShouldBe("metrics.loss < 1 and tags.`team` = 'it''s' and params.`learning rate` = '0.1'");
        GroupText.Filter(group with { Values = ["", "0.1"] }, by, "").ShouldBeNull();
    }

    [Fact]
    public void A_spread_is_written_as_mean_and_deviation()
    {
        GroupText.Of(new Spread(3, 0.5, 0.0125, 0, 1)).ShouldBe("0.5 ± 0.0125");
        GroupText.Of(new Spread(1, 0.5, null, 0, 1)).ShouldBe("0.5");
        GroupText.Of(null).ShouldBe("–");
    }

    [Fact]
    public void Training_and_validation_of_a_measurement_share_a_chart()
    {
        var groups = TrackedBoard.Charts(["train_loss", "val_loss", "lr", "head/f1", "system/cpu"]);

        groups.Select(group => group.Heading).ShouldBe(["", "head", "system"]);
        groups[0].Charts.Select(chart => (chart.Title, string.Join('+', chart.Series.Select(series => series.Label)))).ShouldBe([("loss", "train+validation"), ("lr", "lr")]);
        TrackedBoard.Charts(["train_loss", "acc"], "LOSS").Single().Charts.Single().Title.ShouldBe("loss");
    }

    private static RunTableRow Row(string id, string rate, double loss) => new(
        id, id, RunKind.Tracked, RunStatus.Completed, "", default, null, null, null,
        new Dictionary<string, string> { ["lr"] = rate, ["model"] = "mlp" },
        new Dictionary<string, double> { ["loss"] = loss, ["system/cpu"] = loss },
        new Dictionary<string, string> { ["team"] = "blue", ["mlflow.user"] = "ada" });
}
