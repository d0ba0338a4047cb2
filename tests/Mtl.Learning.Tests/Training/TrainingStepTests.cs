using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Training;

public class TrainingStepTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_allocates_no_managed_memory(bool perTask)
    {
        var plan = Sample.Plan(definition => definition with { Encoder = Sample.Choice("mlp", ("widths", new JsonArray(64, 32)), ("dropout", 0.2)) });
        using var step = Initialized(plan, perTask);
        var order = new BatchOrder(plan.TrainRows, 32, 1);
        float[] weights = [1, 1, 1];
        void Run(long number) => step.Run(order.Rows(number), number, weights);
        for (var number = 1; number <= 14; number++)
            Run(number);

        // An epoch of 7 steps, its partial batch among them.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 8; number <= 14; number++)
            Run(number);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void The_tasks_gradients_add_up_to_the_joint_one()
    {
        var plan = Sample.Plan();
        using var joint = Initialized(plan, perTask: false);
        using var perTask = Initialized(plan, perTask: true);

        joint.Run(plan.TrainRows.AsSpan(0, 32), 1, [1, 2, 3]);
        perTask.Run(plan.TrainRows.AsSpan(0, 32), 1, [1, 1, 1]);

        perTask.Losses.ToArray().ShouldBe(joint.Losses.ToArray());
        var matrix = perTask.TaskGradients;
        for (var i = 0; i < joint.Model.SharedLength; i++)
            joint.Gradients.All[i].ShouldBe(matrix.Row(0)[i] + (2 * matrix.Row(1)[i]) + (3 * matrix.Row(2)[i]), 1e-5f);
        for (var task = 0; task < 3; task++)
            foreach (var (expected, own) in joint.Gradients.All[joint.Model.TaskRanges[task]].ToArray().Zip(perTask.Gradients.All[joint.Model.TaskRanges[task]].ToArray()))
                expected.ShouldBe(own * (task + 1), 1e-5f);
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss()
    {
        var plan = Sample.Plan(definition => definition with { Encoder = Sample.Choice("mlp", ("activation", "tanh"), ("widths", new JsonArray(8)), ("dropout", 0.5)) });
        using var step = Initialized(plan, perTask: false);
        var rows = plan.TrainRows.AsSpan(0, 20).ToArray();
        step.Run(rows, 3, [1, 1, 1]);
        var gradient = step.Gradients.All.ToArray();

        foreach (var slot in step.Model.Layout.Slots)
        {
            var at = slot.Offset + (slot.Length / 2);
            var value = step.Parameters.All[at];
            double Loss(float shift)
            {
                step.Parameters.All[at] = value + shift;
                step.Run(rows, 3, [1, 1, 1]);
                return step.Losses.ToArray().Sum(loss => (double)loss);
            }

            var slope = (Loss(0.01f) - Loss(-0.01f)) / 0.02;
            step.Parameters.All[at] = value;
            ((double)gradient[at]).ShouldBe(slope, 2e-3, slot.Name);
        }
    }

    [Fact]
    public void A_task_without_labels_in_the_batch_is_absent_with_loss_and_gradient_zero()
    {
        var plan = Sample.Plan();
        using var step = Initialized(plan, perTask: true);
        var unsold = Array.FindAll(plan.TrainRows, row => plan.Data.Labelled[1][row] == 0);

        step.Run(unsold.AsSpan(0, 8), 1, [1, 1, 1]);

        step.Present.ToArray().ShouldBe([true, false, true]);
        (step.Labelled[1], step.Losses[1]).ShouldBe((0, 0f));
        step.TaskGradients.Row(1).ToArray().ShouldAllBe(value => value == 0);
        step.Gradients.All[step.Model.TaskRanges[1]].ToArray().ShouldAllBe(value => value == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_penalty_pulls_on_the_parameters_but_is_no_part_of_a_loss(bool perTask)
    {
        TrainingPlan Plan(double strength) => Sample.Plan(definition => definition with { Architecture = Sample.Choice("soft", ("strength", strength)) });
        using var free = Initialized(Plan(0), perTask);
        using var tied = Initialized(Plan(0.5), perTask);
        var moved = tied.Model.Parameters.First(parameter => parameter.Task == 1 && parameter.Name.Contains("layer1/weight", StringComparison.Ordinal)).Name;
        foreach (var step in new[] { free, tied })
        {
            step.Parameters[moved][0] += 3;
            step.Run(step.Plan.TrainRows.AsSpan(0, 32), 1, [1, 1, 1]);
            if (perTask)
                step.Combine((GradientBalancer)Weightings.Balancers.Make("pcgrad", 3), 1, 1);
        }

        tied.Losses.ToArray().ShouldBe(free.Losses.ToArray());
        var slot = tied.Model.Layout[moved];
        tied.Gradients[moved][0].ShouldBe(free.Gradients[moved][0] + (0.5f * 2 * 2), 1e-4f);
        foreach (var other in new[] { 0, 2 }.Select(task => moved.Replace("sold", Sample.Definition.Tasks[task].Name, StringComparison.Ordinal)))
            tied.Gradients[other][0].ShouldBe(free.Gradients[other][0] - (0.5f * 2), 1e-4f);
        tied.Gradients.All[slot.Offset + 1].ShouldBe(free.Gradients.All[slot.Offset + 1], 1e-6f);
        (free.Model.IsJoint, tied.Model.IsJoint).ShouldBe((false, true));
    }

    [Fact]
    public void Dropout_is_a_function_of_seed_and_step()
    {
        var plan = Sample.Plan(definition => definition with { Encoder = Sample.Choice("mlp", ("dropout", 0.5)) });
        using var step = Initialized(plan, perTask: false);
        float[] Losses(long number)
        {
            step.Run(plan.TrainRows.AsSpan(0, 32), number, [1, 1, 1]);
            return step.Losses.ToArray();
        }

        var first = Losses(1);
        Losses(2).ShouldNotBe(first);
        Losses(1).ShouldBe(first);
    }

    [Fact]
    public void Hard_sharing_shares_the_encoder_and_single_task_models_share_nothing()
    {
        using var shared = Initialized(Sample.Plan(), perTask: false);
        shared.Model.Layout.Slots.Where(slot => slot.Offset < shared.Model.SharedLength).ShouldAllBe(slot => slot.Name.StartsWith("shared/encoder/"));
        shared.Model.SharedCount.ShouldBeGreaterThan(0);

        using var single = Initialized(Sample.Plan(definition => definition with { Architecture = new Choice("stl") }), perTask: false);
        single.Model.SharedLength.ShouldBe(0);
        single.Model.ParameterCount.ShouldBe(shared.Model.ParameterCount + (2 * shared.Model.SharedCount));
        single.Model.TaskRanges[0].Start.Value.ShouldBe(0);
        single.Model.TaskRanges[^1].End.Value.ShouldBe(single.Parameters.All.Length);
    }

    private static TrainingStep Initialized(TrainingPlan plan, bool perTask)
    {
        var step = new TrainingStep(plan, 1, perTask);
        step.Model.Initialize(step.Parameters.All, plan.Definition.Training.Seed);
        return step;
    }
}
