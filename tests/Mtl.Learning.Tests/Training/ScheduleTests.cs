using System.Text.Json.Nodes;
using Mtl.Learning.Schedules;
using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void A_constant_rate_stays_after_its_warm_up()
    {
        var schedule = new LearningRateSchedule(new ConstantSchedule(), warmupSteps: 4);

        new long[] { 1, 2, 4, 5, 100 }.Select(schedule.Factor).ShouldBe([0.25, 0.5, 1, 1, 1]);
    }

    [Fact]
    public void A_cosine_falls_from_one_towards_zero()
    {
        var schedule = new LearningRateSchedule(new CosineSchedule(new CosineOptions(), new ScheduleContext(100, 10)), warmupSteps: 0);

        schedule.Factor(1).ShouldBe(1);
        schedule.Factor(51).ShouldBe(0.5, 1e-12);
        schedule.Factor(100).ShouldBeInRange(0, 0.001);
    }

    [Fact]
    public void Schedules_are_those_of_PyTorch()
    {
        const int Steps = 60;
        var scores = new[] { 1, 0.8, 0.81, 0.8, 0.79999, 0.5, 0.6, 0.5, 0.5, 0.4999, 0.7, 0.7, 0.7, 0.7, 0.1 };

        var expected = PythonOracle.Ask(
            "torch",
            """
            def rates(make, scores=None):
                optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
                schedule = make(optimizer)
                found = []
                for step in range(len(scores) if scores else given['steps']):
                    found.append(optimizer.param_groups[0]['lr'])
                    optimizer.step()
                    schedule.step(scores[step]) if scores else schedule.step()
                return found
            s = torch.optim.lr_scheduler
            answer = [
                rates(lambda o: s.StepLR(o, step_size=20, gamma=0.3)),
                rates(lambda o: s.CosineAnnealingLR(o, T_max=given['steps'], eta_min=0.1)),
                rates(lambda o: s.OneCycleLR(o, max_lr=1.0, total_steps=given['steps'], pct_start=0.25, div_factor=10, final_div_factor=100, cycle_momentum=False)),
                rates(lambda o: s.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=1e-3, min_lr=0.2), given['scores'])]
            """,
            new { steps = Steps, scores }).AsArray();

        var context = new ScheduleContext(Steps, 10);
        Compare(expected[0], Rates(new StepSchedule(new StepOptions { Epochs = 2, Factor = 0.3 }, context), Steps));
        Compare(expected[1], Rates(new CosineSchedule(new CosineOptions { Minimum = 0.1 }, context), Steps));
        Compare(expected[2], Rates(new OneCycleSchedule(new OneCycleOptions { Rising = 0.25, StartDivisor = 10, EndDivisor = 100 }, context), Steps));
        Compare(expected[3], Rates(new PlateauSchedule(new PlateauOptions { Factor = 0.5, Patience = 1, Threshold = 1e-3, Minimum = 0.2 }), scores.Length, scores));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void One_cycle_is_a_rate_at_every_step_of_a_short_run(int steps)
    {
        var schedule = new OneCycleSchedule(new OneCycleOptions(), new ScheduleContext(steps, 1));

        Rates(schedule, steps).ShouldAllBe(rate => rate > 0 && rate <= 1);
    }

    [Fact]
    public void A_rate_on_a_plateau_falls_during_a_run()
    {
        var listener = new RecordingListener();
        new Trainer(Sample.Plan(definition => definition.With(training => training with { Epochs = 30, Schedule = Sample.Choice("plateau", ("patience", 0), ("factor", 0.1)) })))
            .Run(listener, null, default);

        var rates = listener.Reports.SelectMany(report => report.Values).Where(value => value.Key == "all/learning_rate").Select(value => value.Value).ToArray();
        rates[0].ShouldBe(0.01, 1e-8);
        rates[^1].ShouldBeLessThan(0.002);
    }

    private static double[] Rates(Schedule schedule, int steps, double[]? scores = null) =>
    [
        .. Enumerable.Range(1, steps).Select(step =>
        {
            var rate = schedule.Factor(step);
            if (scores is not null)
                schedule.Observe(scores[step - 1]);
            return rate;
        }),
    ];

    private static void Compare(JsonNode? expected, double[] actual)
    {
        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected![i]!.GetValue<double>(), 1e-9, $"step {i + 1}");
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
