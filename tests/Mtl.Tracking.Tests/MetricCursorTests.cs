using Mtl.Tracking.Metrics;

namespace Mtl.Tracking.Tests;

/// <summary>Reading a run's points as they are written.</summary>
public sealed class MetricCursorTests
{
    [Fact]
    public void Points_are_given_once_in_step_order()
    {
        var cursor = new MetricCursor(0);

        Keys(cursor.Take([Point("loss", 2), Point("loss", 1)])).ShouldBe(["loss@1", "loss@2"]);
        Keys(cursor.Take([Point("loss", 2), Point("loss", 3)])).ShouldBe(["loss@3"]);
        (cursor.Step, cursor.ReadAfter).ShouldBe((3, 2));
    }

    [Fact]
    public void Points_of_the_last_step_that_come_later_are_not_missed()
    {
        var cursor = new MetricCursor(0);
        cursor.Take([Point("val", 9)]);

        Keys(cursor.Take([Point("val", 9), Point("test", 9)])).ShouldBe(["test@9"]);
        cursor.Take([Point("val", 9), Point("test", 9)]).ShouldBeEmpty();
    }

    [Fact]
    public void A_reader_that_comes_back_begins_after_its_step()
    {
        var cursor = new MetricCursor(5);

        cursor.ReadAfter.ShouldBe(5);
        Keys(cursor.Take([Point("loss", 6)])).ShouldBe(["loss@6"]);
    }

    [Fact]
    public void What_lies_beyond_a_rewind_is_given_again()
    {
        var cursor = new MetricCursor(0);
        cursor.Take([Point("loss", 4), Point("loss", 8)]);

        cursor.Rewind(4);

        cursor.ReadAfter.ShouldBe(4);
        Keys(cursor.Take([Point("loss", 8)])).ShouldBe(["loss@8"]);
        cursor.Rewind(100);
        cursor.Step.ShouldBe(8);
    }

    private static MetricPoint Point(string key, long step) => new(key, step, 1, DateTimeOffset.UnixEpoch);

    private static IEnumerable<string> Keys(IEnumerable<MetricPoint> points) => points.Select(point => $"{point.Key}@{point.Step}");
}
