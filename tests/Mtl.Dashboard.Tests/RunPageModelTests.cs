using Mtl.Application.Runs;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests;

public class RunPageModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Points_and_lines_are_appended_and_told_to_the_charts()
    {
        var model = Model();
        var change = model.Fold(Update([Point("a/train_loss", 3, 0.5), Point("a/train_loss", 4, double.NaN)], [Line(1, 3)]));

        change.Added["a/train_loss"].Steps.ShouldBe([3, 4]);
        change.Added["a/train_loss"].Values.ShouldBe([0.5, null]);
        model.Points("a/train_loss").Count.ShouldBe(2);
        model.Log.Single().Message.ShouldBe("line 1");
        (model.Status, model.Progress.Step).ShouldBe((RunStatus.Running, 4));
    }

    [Fact]
    public void A_rewind_voids_what_lies_beyond_before_new_points_come()
    {
        var model = Model();
        model.Fold(Update([Point("a/train_loss", 10, 1), Point("a/train_loss", 20, 2)], [Line(1, 10), Line(2, 20)]));
        var change = model.Fold(Update([Point("a/train_loss", 15, 3)], [Line(3, 15)]) with { RewoundTo = 12 });

        change.RewoundTo.ShouldBe(12);
        model.Points("a/train_loss").Select(point => point.Value).ShouldBe([1, 3]);
        model.Log.Select(line => line.Sequence).ShouldBe([1, 3]);
    }

    [Fact]
    public void Points_that_come_twice_change_nothing()
    {
        var model = Model();
        model.Fold(Update([Point("a/train_loss", 3, 1)], [Line(1, 3)]));
        model.Fold(Update([Point("a/train_loss", 3, 1)], [Line(1, 3)])).IsEmpty.ShouldBeTrue();
        model.Points("a/train_loss").Count.ShouldBe(1);
        model.Log.Count.ShouldBe(1);
    }

    [Fact]
    public void Watching_goes_on_one_step_before_the_last_known_one_so_that_no_measurement_of_it_is_missed()
    {
        var model = Model();
        model.WatchAfterStep.ShouldBe(0);
        model.Fold(Update([Point("a/train_loss", 30, 1), Point("a/weight", 15, 1)], [Line(7, 30)]));
        (model.WatchAfterStep, model.WatchAfterLine).ShouldBe((29, 7));
    }

    [Fact]
    public void A_clients_run_is_watched_from_its_beginning_as_each_metric_has_its_own_steps_and_can_only_be_ended()
    {
        var model = Model(kind: RunKind.Tracked);
        model.Fold(Update([Point("loss", 30, 1)], []));
        model.WatchAfterStep.ShouldBe(0);

        model.Fold(Update([Point("loss", 30, 1), Point("accuracy", 2, 0.5)], [])).Added.Keys.ShouldBe(["accuracy"]);
        model.Commands.ShouldBe([RunCommand.Cancel]);
    }

    [Fact]
    public void Very_long_curves_are_thinned_and_keep_their_end()
    {
        var model = Model();
        model.Fold(Update([.. Enumerable.Range(1, RunPageModel.MaximumPoints + 1).Select(step => Point("a/train_loss", step, step))], []));
        model.Points("a/train_loss").Count.ShouldBeLessThan(RunPageModel.MaximumPoints);
        model.Points("a/train_loss")[^1].Step.ShouldBe(RunPageModel.MaximumPoints + 1);
    }

    [Theory]
    [InlineData(RunStatus.Queued, "Pause, Cancel")]
    [InlineData(RunStatus.Running, "Pause, Cancel")]
    [InlineData(RunStatus.Paused, "Cancel, Resume")]
    [InlineData(RunStatus.Completed, "")]
    public void Only_what_the_status_allows_is_offered(RunStatus status, string commands) =>
        string.Join(", ", Model(status).Commands.OrderBy(command => command == RunCommand.Resume)).ShouldBe(commands);

    [Fact]
    public void A_completed_run_is_whole_though_it_stopped_early() => Model(RunStatus.Completed).Fraction.ShouldBe(1);

    [Fact]
    public void A_completed_run_waits_for_its_model_and_its_comparison()
    {
        Model(RunStatus.Completed).AwaitsMore.ShouldBeTrue();
        var model = Model(RunStatus.Completed);
        model.Renew(model.Details with { Result = new([], 3, 100, 2), Model = "homes/1", Comparison = new("base", 1.5, []) });
        model.AwaitsMore.ShouldBeFalse();
    }

    private static RunPageModel Model(RunStatus status = RunStatus.Running, RunKind kind = RunKind.MultiTask) => new(
        new RunDetails(
            new RunSummary("r1", "e1", "Homes", "calm-otter", kind, status, "hps · ew · adam", new(0, 100, 0, 10), null, "", Now, Now, null, new Dictionary<string, double>(), null),
            new ExperimentDefinition("Homes", new() { Dataset = "homes" }, [new("a", "a", TaskKind.Binary)]), null, null, "", null),
        new Dictionary<string, IReadOnlyList<MetricPoint>>(), []);

    private static RunUpdate Update(IReadOnlyList<MetricPoint> points, IReadOnlyList<LogLine> log) => new(RunStatus.Running, new(4, 100, 1, 10), 12, points, log);

    private static MetricPoint Point(string key, long step, double value) => new(key, step, value, Now);

    private static LogLine Line(long sequence, long step) => new(sequence, step, Now, LogSeverity.Information, $"line {sequence}");
}
