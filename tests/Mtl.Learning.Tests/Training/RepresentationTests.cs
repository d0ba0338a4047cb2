using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Architectures;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Training;

public class RepresentationTests
{
    [Fact]
    public void The_sum_of_the_representation_s_gradients_gives_the_joint_gradient()
    {
        var plan = Plan();
        using var joint = Initialized(Plan(SharedGradients.Parameters, "ew"), perTask: false);
        using var step = Initialized(plan, perTask: true);

        // A smaller batch after a larger one, so that rows of the larger one are left in the buffers.
        foreach (var rows in (int[])[32, 20])
        {
            joint.Run(plan.TrainRows.AsSpan(0, rows), 1, [1, 1, 1]);
            step.Run(plan.TrainRows.AsSpan(0, rows), 1, [1, 1, 1]);
            step.Combine(new Mean(3), 1, 1);

            step.Losses.ToArray().ShouldBe(joint.Losses.ToArray());
            foreach (var (expected, actual) in joint.Gradients.All.ToArray().Zip(step.Gradients.All.ToArray()))
                actual.ShouldBe(expected, 1e-6f);
            step.Gradients.All[..step.Model.SharedLength].ToArray().ShouldContain(value => value != 0);
        }
    }

    [Fact]
    public void A_row_is_the_loss_s_gradient_at_the_encoder_s_last_state()
    {
        var plan = Plan(batchSize: 8);
        using var step = Initialized(plan, perTask: true);

        step.Run(plan.TrainRows.AsSpan(0, 8), 1, [1, 1, 1]);

        // 8 rows of the encoder's last width, 8.
        step.TaskGradients.Length.ShouldBe(64);
        for (var task = 0; task < 3; task++)
            step.TaskGradients.Row(task).ToArray().ShouldContain(value => value != 0);
    }

    [Fact]
    public void Rows_that_a_smaller_batch_does_not_have_are_zero()
    {
        var plan = Plan();
        using var step = Initialized(plan, perTask: true);
        step.Run(plan.TrainRows.AsSpan(0, 32), 1, [1, 1, 1]);

        step.Run(plan.TrainRows.AsSpan(0, 5), 2, [1, 1, 1]);

        for (var task = 0; task < 3; task++)
            step.TaskGradients.Row(task)[(5 * 8)..].ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void With_one_task_gradients_of_the_representation_train_as_those_of_the_parameters_do()
    {
        var (parameters, representation) = (Trained(SharedGradients.Parameters, tasks: 1), Trained(SharedGradients.Representation, tasks: 1));

        foreach (var (expected, actual) in parameters.Zip(representation))
            actual.ShouldBe(expected, 1e-4f);
    }

    [Fact]
    public void With_several_tasks_in_conflict_a_balancer_goes_another_way() =>
        Trained(SharedGradients.Representation, tasks: 3).Zip(Trained(SharedGradients.Parameters, tasks: 3), (a, b) => Math.Abs(a - b)).Max().ShouldBeGreaterThan(1e-3f);

    [Fact]
    public void A_step_allocates_no_managed_memory()
    {
        var plan = Plan();
        using var step = Initialized(plan, perTask: true);
        var order = new BatchOrder(plan.TrainRows, 32, 1);
        var balancer = new Mean(3);
        float[] weights = [1, 1, 1];
        void Run(long number)
        {
            step.Run(order.Rows(number), number, weights);
            step.Combine(balancer, number, 1);
        }

        for (var number = 1; number <= 14; number++)
            Run(number);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 8; number <= 14; number++)
            Run(number);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_run_stopped_and_resumed_is_the_undisturbed_one()
    {
        var plan = Plan();
        var expected = ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), null, default)).Result.Parameters;
        using var stop = new CancellationTokenSource();
        var stopped = (TrainingOutcome.Stopped)new Trainer(plan).Run(new RecordingListener(step => { if (step == 9) stop.Cancel(); }), null, stop.Token);

        ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), stopped.Checkpoint, default)).Result.Parameters.ToArray().ShouldBe(expected.ToArray());
    }

    [Fact]
    public void An_architecture_that_shares_nothing_is_refused() =>
        Refusal(definition => definition with { Architecture = new Choice("stl") }).ShouldBe(
            "Gradients of the representation need one that all tasks share, and this architecture shares no parameters. "
            + "Set training.gradients to 'parameters', or take an architecture whose shared part ends where the tasks' own parts begin, as 'hps' does.");

    [Fact]
    public void A_loss_weighting_is_refused() =>
        Refusal(definition => definition with { Weighting = new Choice("uw") }).ShouldBe(
            "Weighting 'uw' weighs losses; gradients of the representation are for gradient balancers, which combine the tasks' gradients. "
            + "Set training.gradients to 'parameters', or take a gradient balancer such as 'pcgrad'.");

    [Fact]
    public void Shared_parameters_behind_those_of_single_tasks_are_refused_by_name() =>
        Representation.Of(Model.Build(new SharedTail(), new NoEncoder(), Features(), [new("a", 1, [0]), new("b", 1, [0])], training: true)).Error!.Message
            .ShouldBe("Gradients of the representation need one that all tasks share, and in this architecture the shared parameter 'shared/tail/weight' lies beside or behind the tasks' own parameters.");

    [Fact]
    public void Experts_behind_gates_are_a_representation_of_several_values()
    {
        var found = Representation.Of(Model.Build(new TwoExperts(), new NoEncoder(), Features(), [new("a", 1, [0]), new("b", 1, [0])], training: true)).Value;

        found.Count.ShouldBe(2);
        found.ShouldAllBe(node => node.Op == Mtl.Graph.Op.Relu);
    }

    private static string Refusal(Func<ExperimentDefinition, ExperimentDefinition> change)
    {
        var definition = change(Definition(SharedGradients.Representation, "pcgrad", 32));
        var refused = TrainingPlan.Create(definition, Sample.Table(), MethodCatalogue.Standard);
        refused.IsSuccess.ShouldBeFalse();
        refused.Error!.Field.ShouldBe("training.gradients");
        return refused.Error.ToString();
    }

    private static float[] Trained(SharedGradients gradients, int tasks)
    {
        var definition = Definition(gradients, "pcgrad", 32).With(training => training with { Epochs = 2 });
        var plan = TrainingPlan.Create(definition with { Tasks = [.. definition.Tasks.Take(tasks)] }, Sample.Table(), MethodCatalogue.Standard).Value;
        return ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), null, default)).Result.Parameters.ToArray();
    }

    private static ExperimentDefinition Definition(SharedGradients gradients, string weighting, int batchSize) =>
        (Sample.Definition with { Weighting = new Choice(weighting), Encoder = Sample.Choice("mlp", ("widths", new JsonArray(16, 8)), ("dropout", 0.2)) })
            .With(training => training with { Gradients = gradients, BatchSize = batchSize });

    private static TrainingPlan Plan(SharedGradients gradients = SharedGradients.Representation, string weighting = "pcgrad", int batchSize = 32) =>
        Sample.Plan(_ => Definition(gradients, weighting, batchSize));

    private static TrainingStep Initialized(TrainingPlan plan, bool perTask)
    {
        var step = new TrainingStep(plan, 1, perTask);
        step.Model.Initialize(step.Parameters.All, plan.Definition.Training.Seed);
        return step;
    }

    private static ModelInputs Features() => new(Mtl.Graph.Node.Input("features", Mtl.Graph.ElementType.Float, ["batch", 3]), null, []);

    /// <summary>The sum of the tasks' gradients.</summary>
    private sealed class Mean : GradientBalancer
    {
        private readonly float[] ones;

        public Mean(int tasks) => Array.Fill(ones = new float[tasks], 1);

        public override ReadOnlySpan<float> Coefficients => ones;

        public override IReadOnlyList<Mtl.Learning.State.NamedTensor> State => [];

        public override void Combine(BalancedStep step, Span<float> combined) => step.Gradients.Combine(ones, combined);
    }

    private sealed class NoEncoder : Mtl.Learning.Encoders.IEncoder
    {
        public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Columns];

        public int Layers => 1;

        public Mtl.Graph.Node Stem(ModelScope scope, ModelInputs inputs) => inputs.Features!;

        public Mtl.Graph.Node Layer(ModelScope scope, ModelInputs inputs, int layer, Mtl.Graph.Node state) => state;

        public Mtl.Graph.Node Pool(ModelInputs inputs, Mtl.Graph.Node state) => state;
    }

    private sealed class SharedTail : IArchitecture
    {
        public IReadOnlyList<Mtl.Graph.Node> Build(ArchitectureContext context)
        {
            var tail = context.Shared.In("tail").Parameter("weight", [3, 1], Initializers.Zeros);
            return [.. context.Tasks.Select(task => Mtl.Graph.MatrixOperators.MatMul(task.In("first").Linear(context.Inputs.Features!, 3), tail))];
        }
    }

    private sealed class TwoExperts : IArchitecture
    {
        public IReadOnlyList<Mtl.Graph.Node> Build(ArchitectureContext context)
        {
            Mtl.Graph.Node[] experts = [.. Enumerable.Range(0, 2).Select(i => Mtl.Graph.ActivationOperators.Relu(context.Shared.In($"expert{i}").Linear(context.Inputs.Features!, 4)))];
            return [.. context.Tasks.Select(task => experts.Select((expert, i) => task.In($"gate{i}").Linear(expert, 1)).Aggregate((a, b) => a + b))];
        }
    }
}
