using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Architectures;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Training;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Training;

public class OwnRowsTests
{
    [Fact]
    public void A_template_becomes_a_task_for_each_value_in_units_that_its_tasks_share()
    {
        var plan = OwnRows.Plan();

        plan.Tasks.Select(task => task.Name).ShouldBe([.. Enumerable.Range(0, 5).Select(shop => $"price-shop-{shop}"), .. Enumerable.Range(0, 5).Select(shop => $"sold-shop-{shop}")]);
        plan.Tasks.Take(5).Select(task => ((Mtl.Learning.Preprocessing.Targets.RegressionTarget)task.Target).Deviation).Distinct().Count().ShouldBe(1);
        plan.Tasks[0].Head.Bias[0].ShouldBeLessThan(plan.Tasks[4].Head.Bias[0] - 1);
        plan.Signature.Inputs.Select(input => input.Name).ShouldBe(["x", "y", "colour"]);
        plan.Pools.Select(pool => (pool.Name, pool.Tasks.Length)).ShouldBe([("price", 5), ("sold", 5)]);
    }

    [Theory]
    [InlineData("hps", "ew", false)]
    [InlineData("stl", "ew", false)]
    [InlineData("mmoe", "ew", false)]
    [InlineData("mtan", "ew", false)]
    [InlineData("hps", "pcgrad", true)]
    [InlineData("mmoe", "pcgrad", true)]
    [InlineData("cgc", "pcgrad", true)]
    [InlineData("mtan", "pcgrad", true)]
    [InlineData("dselect-k", "pcgrad", true)]
    [InlineData("mixture", "pcgrad", true)]
    public void Computing_each_tasks_rows_alone_gives_what_masking_all_rows_gives(string architecture, string weighting, bool perTask)
    {
        // A task of all rows beside the others makes rows common again, so that every task is masked on the whole batch; its weight is 0.
        ExperimentDefinition Without(ExperimentDefinition definition) => definition with
        {
            Architecture = new Choice(architecture),
            Weighting = new Choice(weighting),
            Encoder = Sample.Choice("mlp", ("widths", new JsonArray(8, 6)), ("dropout", 0.0)),
        };
        var own = OwnRows.Plan(Without);
        var masked = OwnRows.Plan(definition => Without(definition) with { Tasks = [.. definition.Tasks, new TaskDefinition("every", "price", TaskKind.Regression)] });
        own.Groups!.Count.ShouldBe(5);
        masked.Groups.ShouldBeNull();
        using var fast = Initialized(own, perTask);
        using var slow = Initialized(masked, perTask);
        int[] rows = [.. own.TrainRows.Where(row => own.Groups.OfRow(row) != 1).Take(32)];
        own.Groups.Order(rows);

        fast.Run(rows, 1, [.. Enumerable.Range(1, 10).Select(weight => (float)weight)]);
        slow.Run(rows, 1, [.. Enumerable.Range(1, 10).Select(weight => (float)weight), 0]);

        fast.Present[1].ShouldBeFalse();
        for (var task = 0; task < 10; task++)
        {
            fast.Labelled[task].ShouldBe(slow.Labelled[task]);
            fast.Losses[task].ShouldBe(slow.Losses[task], 1e-5f);
            if (!perTask)
                continue;
            foreach (var (a, b) in fast.TaskGradients.Row(task).ToArray().Zip(slow.TaskGradients.Row(task).ToArray()))
                a.ShouldBe(b, 1e-5f);
        }

        foreach (var slot in fast.Model.Layout.Slots.Where(slot => !perTask || slot.Offset >= fast.Model.SharedLength))
            foreach (var (a, b) in fast.Gradients[slot].ToArray().Zip(slow.Gradients[slot.Name].ToArray()))
                a.ShouldBe(b, 1e-5f, slot.Name);
    }

    public static TheoryData<string> Architectures => [.. ArchitectureTable.Methods.Infos.Select(method => method.Key)];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_task_predicts_its_rows_by_themselves_as_it_does_among_all(string architecture)
    {
        var plan = OwnRows.Plan(definition => definition with { Architecture = new Choice(architecture), Encoder = Sample.Choice("mlp", ("widths", new JsonArray(8, 6))) });
        var nodes = new BatchNodes(plan);
        var (own, all) = (nodes.BuildModel(training: false), plan.BuildModel(plan.Features.PreprocessedInputs(), training: false));
        long[] sizes = [2, 1, 5, 3, 1];
        var random = new Random(1);
        var values = new Dictionary<string, Tensor>
        {
            [FeaturePlan.FeaturesInput] = Tensor.Of([.. Enumerable.Range(0, 12 * plan.Data.FeatureCount).Select(_ => (float)random.NextDouble())], 12, plan.Data.FeatureCount),
            [FeaturePlan.CategoriesInput] = Tensor.Of([.. Enumerable.Range(0, 12).Select(_ => (long)random.Next(20))], 12, 1),
            [BatchNodes.GroupSizes] = Tensor.Of(sizes, 5),
        };
        foreach (var slot in own.Layout.Slots)
            values[slot.Name] = Tensor.Of([.. Enumerable.Range(0, slot.Length).Select(_ => (float)(random.NextDouble() - 0.5))], slot.Shape.AsSpan());
        IReadOnlyDictionary<string, Tensor> Outputs(Model model)
        {
            using var executable = Executable.Load(OnnxModel.Write(ComputationGraph.Of([.. model.Outputs.Select((output, task) => ($"{task}", output))])), architecture).Value;
            return executable.Run(executable.Inputs.ToDictionary(input => input.Name, input => values[input.Name])).Value;
        }

        var (mine, among) = (Outputs(own), Outputs(all));

        for (var task = 0; task < 10; task++)
        {
            var group = plan.Groups!.GroupOf[task];
            var expected = among[$"{task}"].Values<float>().AsSpan((int)sizes[..group].Sum(), (int)sizes[group]).ToArray();
            foreach (var (a, b) in mine[$"{task}"].Values<float>().ToArray().Zip(expected))
                a.ShouldBe(b, 1e-5f, $"task {task}");
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Each_tasks_gradient_is_that_of_a_joint_step_in_which_it_alone_counts(string architecture)
    {
        var plan = OwnRows.Plan(definition => definition with { Architecture = new Choice(architecture), Encoder = Sample.Choice("mlp", ("widths", new JsonArray(8, 6)), ("dropout", 0.3)) });
        using var joint = Initialized(plan, perTask: false);
        using var perTask = Initialized(plan, perTask: true);
        int[] rows = [.. plan.TrainRows.Where(row => plan.Groups!.OfRow(row) != 1).Take(32)];
        plan.Groups!.Order(rows);

        perTask.Run(rows, 3, []);

        perTask.TaskGradients.Tasks.ShouldBe(10);
        for (var task = 0; task < 10; task++)
        {
            joint.PenaltyShare = 0;
            joint.Run(rows, 3, [.. Enumerable.Range(0, 10).Select(other => other == task ? 1f : 0f)]);
            perTask.Losses[task].ShouldBe(joint.Losses[task], 1e-6f);
            foreach (var slot in joint.Model.Layout.Slots.Where(slot => slot.Offset < joint.Model.SharedLength))
                foreach (var (a, b) in perTask.TaskGradients.Row(task).Slice(slot.Offset, slot.Length).ToArray().Zip(joint.Gradients[slot].ToArray()))
                    a.ShouldBe(b, 1e-6f, $"task {task}, {slot.Name}");
            foreach (var (a, b) in perTask.Gradients.All[joint.Model.TaskRanges[task]].ToArray().Zip(joint.Gradients.All[joint.Model.TaskRanges[task]].ToArray()))
                a.ShouldBe(b, 1e-6f, $"task {task}");
        }
    }

    [Fact]
    public void Evaluation_gives_every_task_its_own_rows_and_a_template_all_of_them()
    {
        var listener = new RecordingListener();
        var result = ((TrainingOutcome.Completed)new Trainer(OwnRows.Plan()).Run(listener, null, default)).Result;

        listener.Starts[0].TrainRows.ShouldBeInRange(175, 185);
        result.Metrics.Single(metric => metric.Key == "price/test_r2").Value.ShouldBeInRange(-1, 1);
        var (squares, count) = (0.0, 0);
        var plan = OwnRows.Plan();
        for (var task = 0; task < 5; task++)
        {
            var rows = plan.TestRows.Count(row => plan.Data.Labelled[task][row] != 0);
            squares += Math.Pow(result.Metrics.Single(metric => metric.Key == $"price-shop-{task}/test_rmse").Value, 2) * rows;
            count += rows;
        }

        result.Metrics.Single(metric => metric.Key == "price/test_rmse").Value.ShouldBe(Math.Sqrt(squares / count), 1e-4);
        listener.Last("price/val_loss").ShouldBe(Enumerable.Range(0, 5).Average(task => listener.Last($"price-shop-{task}/val_loss")), 1e-9);
    }

    [Fact]
    public void The_exported_model_predicts_every_row_for_every_task()
    {
        var plan = OwnRows.Plan();
        var result = ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), null, default)).Result;

        var report = ParityCheck.Run(plan, result.Parameters, ModelExport.ToOnnx(plan, result.Parameters));

        report.IsWithinTolerance.ShouldBeTrue($"{report}");
    }

    [Theory]
    [InlineData(TaskDrawing.Proportional)]
    [InlineData(TaskDrawing.Temperature)]
    public void A_run_stopped_and_resumed_is_the_undisturbed_run_to_the_bit(TaskDrawing drawing)
    {
        var plan = OwnRows.Plan(definition => definition.With(training => training with { Drawing = drawing }));
        var undisturbed = new RecordingListener();
        var expected = ((TrainingOutcome.Completed)new Trainer(plan).Run(undisturbed, null, default)).Result;
        using var stop = new CancellationTokenSource();
        var first = new RecordingListener(step => { if (step == 8) stop.Cancel(); });
        var stopped = (TrainingOutcome.Stopped)new Trainer(plan).Run(first, null, stop.Token);
        var second = new RecordingListener();

        var actual = ((TrainingOutcome.Completed)new Trainer(plan).Run(second, stopped.Checkpoint, default)).Result;

        first.Bits.Concat(second.Bits).ShouldBe(undisturbed.Bits);
        actual.Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());
    }

    [Theory]
    [InlineData(TaskDrawing.Uniform, 1000, new[] { 36, 36, 36, 36, 36 })]
    [InlineData(TaskDrawing.Temperature, 1, new[] { 7, 12, 36, 72, 53 })]
    [InlineData(TaskDrawing.Temperature, 2, new[] { 18, 23, 40, 55, 48 })]
    public void An_epoch_has_each_tasks_share_of_rows(TaskDrawing drawing, double temperature, int[] expected)
    {
        var plan = OwnRows.Plan();
        var training = plan.Definition.Training with { Drawing = drawing, DrawingTemperature = temperature };
        var order = new BatchOrder(plan.TrainRows, 32, 1, plan.Groups, EpochRows.Of(plan.TrainRows, plan.Groups, training));
        int[] Epoch(int epoch) => [.. Enumerable.Range(1 + ((epoch - 1) * order.StepsPerEpoch), order.StepsPerEpoch).SelectMany(step => order.Rows(step).ToArray())];

        var rows = Epoch(1);

        foreach (var (share, group) in Enumerable.Range(0, 5).Select(group => rows.Count(row => plan.Groups!.OfRow(row) == group)).Zip(expected))
            share.ShouldBeInRange(group - 2, group + 2);
        foreach (var group in Enumerable.Range(0, 5).Where(group => expected[group] < 30))
            rows.Where(row => plan.Groups!.OfRow(row) == group).GroupBy(row => row).Select(row => row.Count()).Distinct().Count().ShouldBeLessThanOrEqualTo(2);
        Epoch(2).ShouldNotBe(rows);
        Epoch(1).ShouldBe(rows);
    }

    [Fact]
    public void In_proportion_every_row_comes_once_and_batches_are_ordered_by_group()
    {
        var plan = OwnRows.Plan();
        var order = new BatchOrder(plan.TrainRows, 32, 1, plan.Groups);

        Enumerable.Range(1, order.StepsPerEpoch).SelectMany(step => order.Rows(step).ToArray()).Order().ShouldBe(plan.TrainRows.Order());
        for (var step = 1; step <= order.StepsPerEpoch; step++)
            order.Rows(step).ToArray().Select(plan.Groups!.OfRow).ShouldBeInOrder();
    }

    public static TheoryData<string, ExperimentDefinition, string, string> Mistakes => new()
    {
        {
            "no such column", With(OwnRows.Definition.Tasks[0] with { By = "store" }),
            "The table has no column 'store'. It has 'shop', 'x', 'y', 'colour', 'price', 'sold'. Correct the name; case matters.", "tasks[0].by"
        },
        {
            "no such value", With(OwnRows.Definition.Tasks[0] with { Value = "shop 9" }),
            "Task 'price': the value 'shop 9' does not occur in column 'shop', which has 'shop 0', 'shop 1', 'shop 2', 'shop 3', 'shop 4'. Correct the value; case matters.", "tasks[0].value"
        },
        {
            "a value without a column", With(OwnRows.Definition.Tasks[0] with { By = "", Value = "shop 1" }),
            "Task 'price' has the value 'shop 1' and no column that holds it. Name the column in 'by', or leave the value out.", "tasks[0].by"
        },
        {
            "its own column", With(OwnRows.Definition.Tasks[0] with { By = "price" }),
            "Task 'price' is by the column that it predicts, 'price'. Name the column that tells the tasks' rows apart.", "tasks[0].by"
        },
        {
            "drawing where rows are common", With(OwnRows.Definition.Tasks[0] with { By = "" }).With(training => training with { Drawing = TaskDrawing.Uniform }),
            "training.drawing is 'uniform', but the tasks do not each have rows of their own by one column: every batch row is every task's. "
            + "Leave it at 'proportional', or give all tasks the same column in 'by'.", "training.drawing"
        },
        {
            "a side without rows of a task", OwnRows.Definition with { Split = new SplitDefinition { Kind = SplitKind.Group, Column = "shop" } },
            "Task 'price-shop-0' has no label in any of the 200 training rows. Use a split of kind 'stratified' by column 'shop', which gives every side rows of each task, or make that side larger.", "split"
        },
        {
            "the by column as input", OwnRows.Definition with { Inputs = new InputsDefinition { Include = ["x", "shop"] } },
            "inputs.include names 'shop', the column that says which rows task 'price-shop-0' has, which can't be an input. Leave it out.", "inputs.include[1]"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_before_any_training(string mistake, ExperimentDefinition definition, string text, string field)
    {
        var error = TrainingPlan.Create(definition, OwnRows.Table(), MethodCatalogue.Standard).Error.ShouldNotBeNull(mistake);

        error.ToString().ShouldBe(text);
        error.Field.ShouldBe(field);
    }

    [Fact]
    public void More_than_a_thousand_tasks_are_refused()
    {
        var table = new Table(
        [
            new NumericColumn("x", new float[1200]), new NumericColumn("y", [.. Enumerable.Range(0, 1200).Select(row => (float)row)]),
            TextColumn.Of("id", Enumerable.Range(0, 1200).Select(row => $"id{row}")),
        ]);

        TrainingPlan.Create(With(new TaskDefinition("y", "y", TaskKind.Regression) { By = "id" }), table, MethodCatalogue.Standard).Error!.ToString().ShouldBe(
            "Column 'id' makes 1200 tasks of 'y'; all tasks together may be at most 1000. Take a column with fewer values, or name the tasks one by one with 'value'.");
    }

    [Fact]
    public void More_gradients_than_a_step_can_hold_are_refused_before_its_graph_is_made()
    {
        var table = new Table(
        [
            new NumericColumn("x", new float[1000]), new NumericColumn("y", [.. Enumerable.Range(0, 1000).Select(row => (float)(row % 7))]),
            TextColumn.Of("shop", Enumerable.Range(0, 1000).Select(row => $"{row % 100}")),
        ]);
        ExperimentDefinition Definition(string weighting) => With(OwnRows.Definition.Tasks[0] with { Column = "y" }) with
        {
            Architecture = new Choice("cross-stitch"), Weighting = new Choice(weighting), Encoder = Sample.Choice("mlp", ("widths", new JsonArray(2))),
        };

        TrainingPlan.Create(Definition("famo"), table, MethodCatalogue.Standard).IsSuccess.ShouldBeTrue();
        var error = TrainingPlan.Create(Definition("pcgrad"), table, MethodCatalogue.Standard).Error.ShouldNotBeNull();

        error.ToString().ShouldBe(
            "Weighting 'pcgrad' takes each task's gradient of each shared tensor: with architecture 'cross-stitch' those of 100 tasks for 201 tensors, 20,100 a step. At most 20,000 are computed. "
            + "Take a weighting of losses such as ew, uw or famo, or an architecture whose shared part does not grow with the tasks, such as hps or mmoe.");
        error.Field.ShouldBe("weighting");
    }

    [Fact]
    public void Names_are_sanitised_and_stay_unique()
    {
        var table = new Table(
        [
            new NumericColumn("x", [.. Enumerable.Range(0, 60).Select(row => (float)row)]), new NumericColumn("y", [.. Enumerable.Range(0, 60).Select(row => (float)row)]),
            TextColumn.Of("group", Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? "a/b" : "a b")),
        ]);

        TrainingPlan.Create(With(new TaskDefinition("y", "y", TaskKind.Regression) { By = "group" }) with { Split = new SplitDefinition() }, table, MethodCatalogue.Standard)
            .Value.Tasks.Select(task => task.Name).ShouldBe(["y-a-b", "y-a-b-2"]);
    }

    private static ExperimentDefinition With(TaskDefinition task) => OwnRows.Definition with { Tasks = [task] };

    private static TrainingStep Initialized(TrainingPlan plan, bool perTask)
    {
        var step = new TrainingStep(plan, 1, perTask);
        step.Model.Initialize(step.Parameters.All, plan.Definition.Training.Seed);
        return step;
    }
}
