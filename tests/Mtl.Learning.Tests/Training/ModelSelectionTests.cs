using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class ModelSelectionTests
{
    [Fact]
    public void The_score_compares_each_loss_with_its_constant_predictions()
    {
        // The second task's loss is a thousand times larger; it must not decide alone.
        var selection = new ModelSelection([1..2, 2..3], true, [0, 0, 0], [1, 1000], patience: 0);

        selection.Observe(1, [0.5, 900], [1, 1, 1]);
        selection.Observe(2, [0.9, 700], [2, 2, 2]);

        selection.BestEpochs.ShouldBe([1, 1]);
        selection.Parameters.ToArray().ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void Tasks_that_share_parameters_stop_together()
    {
        var selection = new ModelSelection([1..2, 2..3], true, [0, 0, 0], [1, 1], patience: 2);

        selection.Observe(1, [1, 1], [1, 1, 1]);
        selection.Observe(2, [0.5, 1.6], [2, 2, 2]);
        selection.IsOver.ShouldBeFalse();
        selection.Observe(3, [0.5, 1.5], [3, 3, 3]);

        selection.IsOver.ShouldBeTrue();
        selection.BestEpochs.ShouldBe([1, 1]);
    }

    [Fact]
    public void Tasks_that_share_nothing_are_kept_and_stopped_each_by_itself()
    {
        var selection = new ModelSelection([0..1, 1..2], false, [0, 0], [1, 1], patience: 2);

        selection.Observe(1, [1, 1], [1, 1]);
        selection.Observe(2, [2, 0.9], [2, 2]);
        selection.Observe(3, [2, 0.8], [3, 3]);
        selection.IsOver.ShouldBeFalse();

        // The first task would have stopped after epoch 3, so what comes later is none of its business.
        selection.Observe(4, [0.1, 0.7], [4, 4]);
        selection.BestEpochs.ShouldBe([1, 4]);
        selection.Parameters.ToArray().ShouldBe([1, 4]);
        selection.Observe(5, [0.1, 0.7], [5, 5]);
        selection.Observe(6, [0.1, 0.7], [6, 6]);
        selection.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void Without_patience_it_is_never_over()
    {
        var selection = new ModelSelection([0..1], false, [0], [1], patience: 0);
        for (var epoch = 1; epoch < 100; epoch++)
            selection.Observe(epoch, [epoch], [epoch]);

        (selection.IsOver, selection.BestEpochs[0]).ShouldBe((false, 1));
    }

    [Fact]
    public void The_constant_prediction_of_a_binary_task_has_the_entropy_of_its_shares()
    {
        var plan = Sample.Plan();
        var losses = ConstantLosses.Of(plan);

        losses[0].ShouldBeInRange(0.5, 1.6);
        losses[1].ShouldBeInRange(0.6, 0.8);
        losses[2].ShouldBeInRange(0.8, 1.2);
    }
}
