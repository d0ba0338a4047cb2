using Mtl.Core.Definitions;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void A_constant_rate_stays_after_its_warm_up()
    {
        var schedule = new LearningRateSchedule(new TrainingDefinition { WarmupSteps = 4 }, 100);

        new long[] { 1, 2, 4, 5, 100 }.Select(schedule.Factor).ShouldBe([0.25, 0.5, 1, 1, 1]);
    }

    [Fact]
    public void A_cosine_falls_from_one_towards_zero()
    {
        var schedule = new LearningRateSchedule(new TrainingDefinition { Schedule = "cosine" }, 100);

        schedule.Factor(1).ShouldBe(1);
        schedule.Factor(51).ShouldBe(0.5, 1e-12);
        schedule.Factor(100).ShouldBeInRange(0, 0.001);
    }

    [Fact]
    public void Every_epoch_takes_every_row_once_in_an_order_of_its_own()
    {
        int[] rows = [.. Enumerable.Range(100, 10)];
        var order = new BatchOrder(rows, 4, seed: 3);
        int[] Epoch(int epoch) => [.. Enumerable.Range(1, 3).SelectMany(step => order.Rows(((epoch - 1) * 3) + step).ToArray())];

        order.StepsPerEpoch.ShouldBe(3);
        Enumerable.Range(1, 3).Select(step => order.Rows(step).Length).ShouldBe([4, 4, 2]);
        var (first, second) = (Epoch(1), Epoch(2));
        first.Order().ShouldBe(rows);
        second.Order().ShouldBe(rows);
        second.ShouldNotBe(first);
        Epoch(1).ShouldBe(first);
        new BatchOrder(rows, 4, seed: 4).Rows(1).ToArray().ShouldNotBe(first[..4]);
    }

    [Fact]
    public void Checkpoints_are_due_by_time_and_at_the_end_of_long_epochs()
    {
        var time = new ManualTime();
        var cadence = new CheckpointCadence(time, TimeSpan.FromSeconds(10));
        cadence.Start(TimeSpan.FromSeconds(100));

        time.Advance(TimeSpan.FromSeconds(9));
        (cadence.IsDue(), cadence.IsDueAtEpochEnd()).ShouldBe((false, false));
        time.Advance(TimeSpan.FromSeconds(1));
        (cadence.IsDue(), cadence.IsDueAtEpochEnd()).ShouldBe((true, true));
        cadence.Taken(atEpochEnd: false);
        (cadence.IsDue(), cadence.IsDueAtEpochEnd()).ShouldBe((false, true));
        cadence.Taken(atEpochEnd: true);
        (cadence.IsDue(), cadence.IsDueAtEpochEnd()).ShouldBe((false, false));
        cadence.Elapsed.ShouldBe(TimeSpan.FromSeconds(110));
    }
}
