using Mtl.Core.Catalogue;
using Mtl.Core.Random;
using Mtl.Learning.Export;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class ResumeTests
{
    public static TheoryData<string, string, string> Methods
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            // Every other method is stopped and resumed once by the test of the whole catalogue.
            foreach (var weighting in new[] { "ew", "uw", "dwa", "ascent", "pcgrad" })
                data.Add("hps", weighting, "adam");
            foreach (var optimizer in OptimizerTable.Methods.Infos.Where(method => method.Key != "adam"))
                data.Add("hps", optimizer.Key == "lbfgs" ? "ew" : "uw", optimizer.Key);
            data.Add("stl", "ew", "adamw");
            data.Add("stl", "ew", "lbfgs");
            return data;
        }
    }

    /// <summary>Weightings whose state only some options bring in.</summary>
    public static TheoryData<string, string, string> WeightingOptions => new()
    {
        { "stch", "warmupEpochs", "1" },
        { "nash-mtl", "updateEvery", "5" },
        { "cr-mogm", "of", "\"upgrad\"" },
        { "forum", "outer", "\"validation\"" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_run_stopped_anywhere_and_resumed_is_the_undisturbed_run_to_the_bit(string architecture, string weighting, string optimizer) => ShouldResume(
        $"{architecture} {weighting} {optimizer}",
        Sample.Plan(definition => definition with
        {
            Architecture = new Choice(architecture),
            Encoder = optimizer == "lbfgs" ? Sample.Choice("mlp", ("dropout", 0)) : definition.Encoder,
            Weighting = new Choice(weighting),
            Optimizer = Sample.Choice(optimizer, ("learningRate", 0.01)),
        }));

    [Theory]
    [MemberData(nameof(WeightingOptions))]
    public void A_weighting_resumes_with_options_that_change_what_it_keeps(string weighting, string option, string value) => ShouldResume(
        $"{weighting} {option}",
        Sample.Plan(definition => definition with { Weighting = Sample.Choice(weighting, (option, System.Text.Json.Nodes.JsonNode.Parse(value)!)) }));

    private static void ShouldResume(string name, TrainingPlan plan)
    {
        var undisturbed = new RecordingListener();
        var expected = Completed(new Trainer(plan).Run(undisturbed, null, default));
        var total = undisturbed.Starts[0].TotalSteps;
        var stepsPerEpoch = undisturbed.Starts[0].StepsPerEpoch;
        var random = new CounterRandom(7, name);
        long[] stops = [1, stepsPerEpoch, total, .. Enumerable.Range(0, 2).Select(i => 1L + random.Below((int)total, (ulong)i))];
        foreach (var stopAt in stops)
        {
            using var stop = new CancellationTokenSource();
            var first = new RecordingListener(step => { if (step == stopAt) stop.Cancel(); });
            var stopped = new Trainer(plan).Run(first, null, stop.Token).ShouldBeOfType<TrainingOutcome.Stopped>();
            stopped.Checkpoint.Step.ShouldBe(stopAt);
            first.Checkpoints[^1].ShouldBe(stopped.Checkpoint);

            var second = new RecordingListener();
            var actual = Completed(new Trainer(plan).Run(second, Reread(stopped.Checkpoint), default));
            second.Starts[0].StartStep.ShouldBe(stopAt);
            first.Bits.Concat(second.Bits).ShouldBe(undisturbed.Bits);
            ModelExport.ToOnnx(plan, actual.Parameters).ShouldBe(ModelExport.ToOnnx(plan, expected.Parameters));
            actual.BestEpochs.ShouldBe(expected.BestEpochs);
        }
    }

    [Fact]
    public void What_a_schedule_learned_from_validation_is_resumed()
    {
        var plan = Sample.Plan(definition => definition.With(training => training with { Epochs = 12, Schedule = Sample.Choice("plateau", ("patience", 0), ("factor", 0.1)) }));
        var undisturbed = new RecordingListener();
        var expected = Completed(new Trainer(plan).Run(undisturbed, null, default));
        using var stop = new CancellationTokenSource();
        var first = new RecordingListener(step => { if (step == 60) stop.Cancel(); });

        var stopped = (TrainingOutcome.Stopped)new Trainer(plan).Run(first, null, stop.Token);
        var second = new RecordingListener();
        Completed(new Trainer(plan).Run(second, Reread(stopped.Checkpoint), default)).Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());

        first.Bits.Concat(second.Bits).ShouldBe(undisturbed.Bits);
        first.Last("all/learning_rate").ShouldBeLessThan(0.01);
    }

    [Fact]
    public void A_run_stopped_after_every_step_still_is_the_undisturbed_run()
    {
        var plan = Sample.Plan(definition => definition.With(training => training with { Epochs = 2 }));
        var undisturbed = new RecordingListener();
        var expected = Completed(new Trainer(plan).Run(undisturbed, null, default));

        Checkpoint? last = null;
        List<(long Step, string Key, long Bits)> heard = [];
        for (var runs = 0; runs < 100; runs++)
        {
            using var stop = new CancellationTokenSource();
            var listener = new RecordingListener(_ => stop.Cancel());
            var outcome = new Trainer(plan).Run(listener, last, stop.Token);
            heard.AddRange(listener.Bits);
            if (outcome is TrainingOutcome.Completed completed)
            {
                completed.Result.Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());
                heard.ShouldBe(undisturbed.Bits);
                return;
            }

            last = ((TrainingOutcome.Stopped)outcome).Checkpoint;
        }

        Assert.Fail("The run did not end.");
    }

    [Fact]
    public void A_resumed_run_keeps_the_threads_it_began_with()
    {
        var plan = Sample.Plan();
        using var stop = new CancellationTokenSource();
        var stopped = (TrainingOutcome.Stopped)new Trainer(plan, threads: 2).Run(new RecordingListener(step => { if (step == 3) stop.Cancel(); }), null, stop.Token);
        var listener = new RecordingListener();

        new Trainer(plan, threads: 1).Run(listener, Reread(stopped.Checkpoint), default);

        listener.Starts[0].Threads.ShouldBe(2);
    }

    [Fact]
    public void Checkpoints_at_the_cadence_resume_as_well_as_those_of_a_stop()
    {
        var plan = Sample.Plan(definition => definition.With(training => training with { CheckpointSeconds = 3 }));
        var time = new ManualTime();
        var undisturbed = new RecordingListener(_ => time.Advance(TimeSpan.FromSeconds(1)));
        var expected = Completed(new Trainer(plan, time: time).Run(undisturbed, null, default));

        undisturbed.Checkpoints.Count.ShouldBeGreaterThan(5);
        foreach (var checkpoint in undisturbed.Checkpoints)
        {
            var listener = new RecordingListener();
            Completed(new Trainer(plan).Run(listener, checkpoint, default)).Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());
            listener.Bits.ShouldBe(undisturbed.Bits.Where(value => value.Step > checkpoint.Step || value.Key.Contains("/test_", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_checkpoint_of_another_definition_is_refused()
    {
        var other = Stopped(Sample.Plan(definition => definition.With(training => training with { BatchSize = 16 })));
        var plan = Sample.Plan();
        var listener = new RecordingListener();

        var error = new Trainer(plan).Run(listener, other, default).ShouldBeOfType<TrainingOutcome.Failed>().Error;

        error.ToString().ShouldBe(
            $"The checkpoint belongs to another run: its fingerprint is {other.Fingerprint[..12]}, this run's is {plan.Fingerprint[..12]}. "
            + "The definition or the data changed since it was written; start the run anew.");
        listener.Starts.ShouldBeEmpty();
    }

    [Fact]
    public void A_checkpoint_of_other_data_is_refused() =>
        new Trainer(Sample.Plan()).Run(new RecordingListener(), Stopped(Sample.Plan(table: Sample.Table(seed: 2))), default)
            .ShouldBeOfType<TrainingOutcome.Failed>().Error.Message.ShouldStartWith("The checkpoint belongs to another run");

    [Fact]
    public void A_checkpoint_that_lacks_state_is_refused()
    {
        var plan = Sample.Plan();
        var whole = Stopped(plan);
        var torn = whole with { Tensors = whole.Tensors.Where(tensor => tensor.Key != "optimizer/step").ToDictionary() };

        new Trainer(plan).Run(new RecordingListener(), torn, default).ShouldBeOfType<TrainingOutcome.Failed>().Error.ToString().ShouldBe(
            "The checkpoint was written by another version of the platform: its 'optimizer/step' is not what this one has. Start the run anew.");
    }

    [Fact]
    public void Names_threads_and_cadence_do_not_make_another_run() =>
        Sample.Plan(definition => (definition with { Name = "other", Description = "other" }).With(training => training with { Threads = 2, CheckpointSeconds = 60 }))
            .Fingerprint.ShouldBe(Sample.Plan().Fingerprint);

    private static Checkpoint Stopped(TrainingPlan plan)
    {
        using var stop = new CancellationTokenSource();
        return ((TrainingOutcome.Stopped)new Trainer(plan).Run(new RecordingListener(step => { if (step == 5) stop.Cancel(); }), null, stop.Token)).Checkpoint;
    }

    private static TrainingResult Completed(TrainingOutcome outcome) => outcome.ShouldBeOfType<TrainingOutcome.Completed>().Result;

    private static Checkpoint Reread(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Write(stream);
        stream.Position = 0;
        return Checkpoint.Read(stream).Value;
    }
}
