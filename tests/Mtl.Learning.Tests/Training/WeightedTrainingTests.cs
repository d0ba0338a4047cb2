using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Training;

/// <summary>Weightings in real training runs and steps.</summary>
public class WeightedTrainingTests
{
    [Fact]
    public void No_two_methods_train_alike_where_gradients_conflict()
    {
        // Four tasks that pull a narrow trunk apart.
        var table = Conflicting();
        var definition = new ExperimentDefinition("conflict", new DataDefinition { Path = "conflict.csv" }, [.. Enumerable.Range(0, 4).Select(task => new TaskDefinition($"y{task}", $"y{task}", TaskKind.Regression))])
        {
            Encoder = Sample.Choice("mlp", ("widths", new JsonArray(4)), ("dropout", 0)),
            Optimizer = Sample.Choice("sgd", ("learningRate", 0.05)),
            Training = new TrainingDefinition { Epochs = 5, BatchSize = 32, Patience = 0 },
        };
        Dictionary<string, double[]> curves = [];
        foreach (var key in WeightingTable.Methods.Infos.Select(info => info.Key).Where(key => key != "static"))
        {
            var weighting = key == "stch" ? Sample.Choice(key, ("warmupEpochs", 1)) : new Choice(key);
            var listener = new RecordingListener();
            new Trainer(Sample.Plan(_ => definition with { Weighting = weighting }, table)).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>();
            curves[key] = [.. listener.Reports.SelectMany(report => report.Values).Where(value => value.Key.EndsWith("/train_loss", StringComparison.Ordinal)).Select(value => value.Value)];
            curves[key].ShouldAllBe(value => double.IsFinite(value), key);
        }

        foreach (var (first, one) in curves)
            foreach (var (second, other) in curves.Where(curve => string.CompareOrdinal(curve.Key, first) > 0))
                one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeGreaterThan(1e-4, $"{first} and {second}");
    }

    [Theory]
    [InlineData("gls")]
    [InlineData("famo")]
    [InlineData("stch")]
    public void Weights_made_of_the_batchs_losses_weigh_its_gradients(string key)
    {
        var plan = Sample.Plan(definition => definition with { Weighting = new Choice(key) });
        var weighting = (LossDependentWeighting)plan.MakeWeighting();
        using var joint = new TrainingStep(plan, 1, perTask: false, weighting);
        using var perTask = new TrainingStep(plan, 1, perTask: true);
        joint.Model.Initialize(joint.Parameters.All, 1);
        perTask.Model.Initialize(perTask.Parameters.All, 1);

        joint.Run(plan.TrainRows.AsSpan(0, 32), 1, weighting.Weights);
        perTask.Run(plan.TrainRows.AsSpan(0, 32), 1, [1, 1, 1]);

        var lambdas = joint.Lambdas.ToArray();
        lambdas.ShouldBe(Weightings.LambdaGraph.Of(weighting, joint.Losses.ToArray()), 1e-5);
        lambdas.ShouldAllBe(value => value > 0);
        for (var i = 0; i < joint.Model.SharedLength; i++)
            joint.Gradients.All[i].ShouldBe(Enumerable.Range(0, 3).Sum(task => lambdas[task] * perTask.TaskGradients.Row(task)[i]), 1e-4f);
        for (var task = 0; task < 3; task++)
            foreach (var (weighed, own) in joint.Gradients.All[joint.Model.TaskRanges[task]].ToArray().Zip(perTask.Gradients.All[joint.Model.TaskRanges[task]].ToArray()))
                weighed.ShouldBe(lambdas[task] * own, 1e-4f);
    }

    [Fact]
    public void The_losses_now_are_those_of_the_same_batch_at_the_parameters_now()
    {
        var plan = Sample.Plan();
        using var step = new TrainingStep(plan, 1, perTask: false);
        step.Model.Initialize(step.Parameters.All, 1);
        step.Run(plan.TrainRows.AsSpan(0, 32), 5, [1, 1, 1]);
        var before = step.Losses.ToArray();
        step.LossesNow().ToArray().ShouldBe(before, 1e-6);

        for (var i = 0; i < step.Parameters.All.Length; i++)
            step.Parameters.All[i] -= 0.1f * step.Gradients.All[i];
        var now = step.LossesNow().ToArray();
        step.Losses.ToArray().ShouldBe(before);
        step.Run(plan.TrainRows.AsSpan(0, 32), 5, [1, 1, 1]);

        step.Losses.ToArray().ShouldBe(now, 1e-6);
        now.Sum().ShouldBeLessThan(before.Sum());
    }

    [Fact]
    public void A_probe_gives_the_steps_own_gradients_for_its_own_batch_and_parameters()
    {
        var plan = Sample.Plan();
        using var step = new TrainingStep(plan, 1, perTask: true);
        using var probe = new GradientProbe(plan, 1, step.Parameters);
        step.Model.Initialize(step.Parameters.All, 1);
        var rows = plan.TrainRows.AsSpan(0, 32).ToArray();
        step.Run(rows, 3, [1, 1, 1]);
        probe.Begin(rows, 3, 0.1);

        var probed = probe.At(probe.Parameters, ProbeBatch.Step);

        probed.Losses.ToArray().ShouldBe(step.Losses.ToArray(), 1e-6);
        for (var task = 0; task < 3; task++)
            probed.Gradients.Row(task).ToArray().ShouldBe(step.TaskGradients.Row(task).ToArray(), 1e-6);
    }

    [Fact]
    public void A_probes_batches_are_independent_and_a_function_of_the_step()
    {
        var plan = Sample.Plan();
        using var step = new TrainingStep(plan, 1, perTask: true);
        using var probe = new GradientProbe(plan, 1, step.Parameters);
        step.Model.Initialize(step.Parameters.All, 1);
        float[] Losses(long number, ProbeBatch batch, int draw)
        {
            probe.Begin(plan.TrainRows.AsSpan(0, 32), number, 0.1);
            return probe.At(probe.Parameters, batch, draw).Losses.ToArray();
        }

        var first = Losses(1, ProbeBatch.Training, 0);
        Losses(1, ProbeBatch.Training, 1).ShouldNotBe(first);
        Losses(1, ProbeBatch.Validation, 0).ShouldNotBe(first);
        Losses(2, ProbeBatch.Training, 0).ShouldNotBe(first);
        Losses(1, ProbeBatch.Training, 0).ShouldBe(first);
    }

    [Fact]
    public void A_balancer_that_finds_no_solution_ends_the_run_with_the_reason()
    {
        var plan = Sample.Plan();
        using var step = new TrainingStep(plan, 1, perTask: true);
        using var weighed = new StepWeighting(plan, 1, step, new Unsolvable());

        var error = weighed.Combine(plan.TrainRows.AsSpan(0, 8), 7, 2, 0.1)!;

        error.ToString().ShouldBe(
            "The gradient balancer found no solution at step 7 (epoch 2). The bargaining solution stopped after 500 iterations with a residual of 0.25; 1E-05 is allowed. "
            + "Take another weighting, lower the learning rate, or clip gradients (training.clipNorm). The last checkpoint is unharmed.");
    }

    [Fact]
    public void Methods_that_weigh_whole_losses_weigh_the_tasks_own_parameters_too()
    {
        // The second of two steps of the sample: what scales each task's own gradients, from the methods' formulas.
        OwnWeights("gradnorm", """{"learningRate": 0.1}""", epoch: 2).ShouldSatisfyAllConditions(own => own.Scales.ShouldBe(own.Coefficients, 1e-5), own => own.Scales.Sum().ShouldBe(3, 1e-5), AreNotOnes);
        OwnWeights("excess-mtl", """{"stepSize": 1}""").ShouldSatisfyAllConditions(own => own.Scales.ShouldBe(own.Coefficients, 1e-5), own => own.Scales.Sum().ShouldBe(3, 1e-5), AreNotOnes);
        OwnWeights("auto-lambda", """{"learningRate": 0.01}""").ShouldSatisfyAllConditions(own => own.Scales.ShouldBe(own.Coefficients, 1e-5), AreNotOnes);
        OwnWeights("moml", """{"outerLearningRate": 0.1}""").ShouldSatisfyAllConditions(own => own.Scales.ShouldBe(own.Coefficients, 1e-5), own => own.Scales.Sum().ShouldBe(1, 1e-5), AreNotOnes);
        OwnWeights("db-mtl").ShouldSatisfyAllConditions(own => own.Scales.ShouldBe([.. own.Losses.Select(loss => 1 / loss)], 1e-4), AreNotOnes);

        // s after Adam's first step from 0 is the learning rate's, against the sign of L − 1.
        OwnWeights("imtl", """{"learningRate": 0.1}""").ShouldSatisfyAllConditions(own => own.Scales.ShouldBe([.. own.FirstLosses.Select(loss => MathF.Exp(-0.1f * Math.Sign(loss - 1)))], 1e-4));
        OwnWeights("imtl", """{"scaleLosses": false}""").Scales.ShouldBe([1, 1, 1], 1e-5);
        OwnWeights("pcgrad").Scales.ShouldBe([1, 1, 1], 1e-5);

        static void AreNotOnes(Own own) => own.Scales.Max(scale => Math.Abs(scale - 1)).ShouldBeGreaterThan(1e-3f);
    }

    [Fact]
    public void A_penalty_on_a_tasks_own_parameters_is_not_weighed()
    {
        var plan = Sample.Plan(definition => definition with { Architecture = Sample.Choice("cgc"), Regularizers = [Sample.Choice("l2", ("weight", 0.5))] });
        var free = Sample.Plan(definition => definition with { Architecture = Sample.Choice("cgc") });
        float[] Gradient(TrainingPlan of)
        {
            using var step = new TrainingStep(of, 1, perTask: true);
            step.Model.Initialize(step.Parameters.All, 1);
            step.Run(of.TrainRows.AsSpan(0, 32), 1, []);
            var balancer = (GradientBalancer)Weightings.Balancers.Make("db-mtl", 3);
            balancer.Allocate(step.TaskGradients.Length);
            step.Combine(balancer, 1, 1);
            return step.Gradients.All.ToArray();
        }

        using var start = new TrainingStep(plan, 1, perTask: false);
        start.Model.Initialize(start.Parameters.All, 1);
        start.Run(plan.TrainRows.AsSpan(0, 32), 1, [0, 0, 0]);

        var (with, without) = (Gradient(plan), Gradient(free));

        for (var i = 0; i < with.Length; i++)
            (with[i] - without[i]).ShouldBe(start.Gradients.All[i], 1e-4f);
        start.Gradients.All[start.Model.TaskRanges[1]].ToArray().Max(Math.Abs).ShouldBeGreaterThan(0.01f);
    }

    [Theory]
    [InlineData("moco")]
    [InlineData("modo")]
    [InlineData("forum")]
    public void Gradients_of_the_representation_are_refused_where_only_those_of_parameters_will_do(string key) =>
        TrainingPlan.Create(
            (Sample.Definition with { Weighting = new Choice(key) }).With(training => training with { Gradients = SharedGradients.Representation }), Sample.Table(), Learning.Catalogue.MethodCatalogue.Standard)
            .Error!.ToString().ShouldBe(
                $"Weighting '{key}' needs gradients of the parameters: it keeps them from step to step or takes them on further batches, where those of a batch's representation mean something else. "
                + "Set training.gradients to 'parameters', or take a balancer such as 'pcgrad'.");

    public static TheoryData<string> OnRepresentations =>
        [.. WeightingTable.Methods.Infos.Select(info => info.Key).Where(key => Weightings.Balancers.Make(key, 3) is GradientBalancer { NeedsParameterGradients: false })];

    [Theory]
    [MemberData(nameof(OnRepresentations))]
    public void A_balancer_of_any_gradients_trains_on_those_of_the_representation(string key)
    {
        var plan = Sample.Plan(definition => (definition with { Weighting = new Choice(key) }).With(training => training with { Epochs = 3, Gradients = SharedGradients.Representation }));
        var listener = new RecordingListener();

        new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>();

        var losses = listener.Reports.SelectMany(report => report.Values).Where(value => value.Key == "all/train_loss").Select(value => value.Value).ToArray();
        losses[^1].ShouldBeLessThan(losses[0]);
    }

    [Theory]
    [InlineData("modo")]
    [InlineData("forum")]
    [InlineData("moml")]
    [InlineData("famo")]
    [InlineData("upgrad")]
    [InlineData("excess-mtl")]
    public void Tasks_with_rows_of_their_own_are_balanced_too(string key)
    {
        var plan = OwnRows.Plan(definition => definition with { Weighting = new Choice(key) });

        new Trainer(plan).Run(new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Completed>();
    }

    /// <summary>What a method's second step scales each task's own gradients by.</summary>
    private static Own OwnWeights(string key, string options = "{}", int epoch = 1)
    {
        var plan = Sample.Plan(definition => definition with { Encoder = Sample.Choice("mlp", ("widths", new JsonArray(8)), ("dropout", 0)) });
        using var step = new TrainingStep(plan, 1, perTask: true);
        using var probe = new GradientProbe(plan, 1, step.Parameters);
        step.Model.Initialize(step.Parameters.All, 1);
        var balancer = (GradientBalancer)Weightings.Balancers.Make(key, 3, options);
        balancer.Allocate(step.TaskGradients.Length);
        balancer.LearnFromEpoch([1, 1, 1], [true, true, true]);
        var first = Array.Empty<float>();
        float[] before = [];
        for (var number = 1; number <= 2; number++)
        {
            var rows = plan.TrainRows.AsSpan(32 * number, 32);
            first = number == 1 ? first : step.Losses.ToArray();
            step.Run(rows, number, []);
            before = step.Gradients.All.ToArray();
            probe.Begin(rows, number, 0.1);
            step.Combine(balancer, number, epoch, probe);
        }

        var after = step.Gradients.All.ToArray();
        float[] scales = [.. step.Model.TaskRanges.Select(range => after[range].Sum(Math.Abs) / before[range].Sum(Math.Abs))];
        for (var task = 0; task < 3; task++)
            foreach (var (own, unweighted) in after[step.Model.TaskRanges[task]].Zip(before[step.Model.TaskRanges[task]]))
                own.ShouldBe(scales[task] * unweighted, 1e-4f);
        return new Own(scales, balancer.Coefficients.ToArray(), step.Losses.ToArray(), first);
    }

    private static Table Conflicting()
    {
        const int Rows = 250;
        var random = new CounterRandom(3, "conflict");
        float[][] x = [.. Enumerable.Range(0, 4).Select(column =>
        {
            var values = new float[Rows];
            random.Fork((ulong)column).FillNormal(values);
            return values;
        })];
        float[] Target(Func<int, double> of) => [.. Enumerable.Range(0, Rows).Select(row => (float)of(row))];
        return new Table(
        [
            .. x.Select((values, column) => new NumericColumn($"x{column}", values)),
            new NumericColumn("y0", Target(row => x[0][row] + 0.5 * x[1][row])),
            new NumericColumn("y1", Target(row => -x[0][row] + Math.Abs(x[1][row]))),
            new NumericColumn("y2", Target(row => x[2][row] * x[0][row] - x[1][row])),
            new NumericColumn("y3", Target(row => Math.Sin(3 * x[3][row]) - 0.3 * x[0][row])),
        ]);
    }

    private sealed record Own(float[] Scales, float[] Coefficients, float[] Losses, float[] FirstLosses);

    private sealed class Unsolvable : GradientBalancer
    {
        private readonly float[] coefficients = [1, 1, 1];

        public override ReadOnlySpan<float> Coefficients => coefficients;

        public override IReadOnlyList<Learning.State.NamedTensor> State => [];

        public override void Combine(BalancedStep step, Span<float> combined) => throw new Learning.Weightings.Solvers.SolverException("The bargaining solution", 0.25, 1e-5, 500);
    }
}
