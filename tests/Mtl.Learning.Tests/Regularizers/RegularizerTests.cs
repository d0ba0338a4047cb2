using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Regularizers;
using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Regularizers;

public class RegularizerTests
{
    private const int Rows = 200;
    private const int Features = 8;
    private static readonly string[] Tasks = ["a", "b", "c"];

    public static TheoryData<string> WithKinks => ["l1", "elastic-net", "l21", "trace"];

    [Theory]
    [MemberData(nameof(WithKinks))]
    public void A_proximal_step_minimises_distance_and_penalty(string key)
    {
        var plan = Plan(Sample.Choice(key, ("weight", 0.7)));
        var model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: true);
        var weights = new RegularizedWeights(model.Parameters, Tasks.Length);
        var regularizer = plan.Regularizers[0];
        var start = Normal("start", model.Layout.Length);
        double Cost(float[] at) =>
            at.Zip(start, (value, from) => ((double)value - from) * ((double)value - from)).Sum() / (2 * 0.5) + regularizer.Value(weights, model, at);

        var shrunk = start.ToArray();
        regularizer.Shrink(weights, model, shrunk, rate: 0.5);

        var least = Cost(shrunk);
        least.ShouldBeLessThan(Cost(start));
        for (var trial = 0; trial < 200; trial++)
        {
            var nearby = shrunk.ToArray();
            var noise = Normal($"trial {trial}", nearby.Length);
            foreach (var weight in weights.Of(RegularizedPart.All))
                for (var i = model.Layout[weight.Name].Offset; i < model.Layout[weight.Name].Offset + model.Layout[weight.Name].Length; i++)
                    nearby[i] += noise[i] * MathF.Pow(10, -(trial % 4));
            Cost(nearby).ShouldBeGreaterThan(least - 1e-5);
        }
    }

    [Fact]
    public void Proximal_gradient_descent_ends_at_the_objectives_of_scikit_learn()
    {
        var plan = Plan(new Choice("l2"));
        double[][] x = [.. plan.TrainRows.Select(row => plan.Data.Features.AsSpan(row * Features, Features).ToArray().Select(value => (double)value).ToArray())];
        double[][] y = [.. plan.TrainRows.Select(row => plan.Data.Targets.Select(target => (double)target[row]).ToArray())];
        var expected = PythonOracle.Ask(
            "sklearn.linear_model",
            """
            import numpy as np
            from sklearn.linear_model import Ridge, Lasso, ElasticNet, MultiTaskLasso
            x, y = np.array(given['x']), np.array(given['y'])
            n = len(x)
            def loss(model):
                model.fit(x, y)
                return ((y - model.predict(x)) ** 2).mean(axis=0).sum(), model.coef_
            answer = []
            l, w = loss(Ridge(alpha=n * .1 / 2)); answer.append(l + .1 / 2 * (w ** 2).sum())
            l, w = loss(Lasso(alpha=.05, tol=1e-10, max_iter=100000)); answer.append(l + .1 * abs(w).sum())
            l, w = loss(ElasticNet(alpha=.05, l1_ratio=.3, tol=1e-10, max_iter=100000)); answer.append(l + .1 * (.3 * abs(w).sum() + .35 * (w ** 2).sum()))
            l, w = loss(MultiTaskLasso(alpha=.05, tol=1e-10, max_iter=100000)); answer.append(l + .1 * np.sqrt((w ** 2).sum(axis=0)).sum())
            """,
            new { x, y }).AsArray();

        Choice[] choices = [Sample.Choice("l2", ("weight", 0.1)), Sample.Choice("l1", ("weight", 0.1)), Sample.Choice("elastic-net", ("weight", 0.1), ("ratio", 0.3)), Sample.Choice("l21", ("weight", 0.1))];
        foreach (var (choice, objective) in choices.Zip(expected))
        {
            var listener = new RecordingListener();
            new Trainer(Plan(choice)).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>();
            listener.Last("all/objective").ShouldBe(objective!.GetValue<double>(), 1e-5, choice.Key);
            listener.Last("all/penalty").ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Kinks_leave_exact_zeros()
    {
        float[][] Heads(string key, double weight)
        {
            var plan = Plan(Sample.Choice(key, ("weight", weight)));
            var result = ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), null, default)).Result;
            var model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false);
            return [.. new RegularizedWeights(model.Parameters, Tasks.Length).Heads.Select(head => model.ValuesOf(head, result.Parameters.Span).ToArray())];
        }

        // Features 4 to 7 say nothing of any task.
        foreach (var head in Heads("l21", 0.3))
            head[4..].ShouldAllBe(weight => weight == 0);
        Heads("l1", 0.3).SelectMany(head => head).Count(weight => weight == 0).ShouldBeGreaterThan(8);
        Heads("l2", 0.3).SelectMany(head => head).ShouldAllBe(weight => weight != 0);

        var low = Heads("trace", 0.8);
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(Features, Tasks.Length, (feature, task) => low[task][feature]);
        var spectrum = matrix.Svd(computeVectors: false).S;
        spectrum[0].ShouldBeGreaterThan(0.1);
        spectrum[2].ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Tasks_are_drawn_to_their_mean_or_along_the_graph()
    {
        double[] Distances(params Choice[] regularizers)
        {
            var plan = Plan(regularizers);
            var result = ((TrainingOutcome.Completed)new Trainer(plan).Run(new RecordingListener(), null, default)).Result;
            var model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false);
            var heads = new RegularizedWeights(model.Parameters, Tasks.Length).Heads.Select(head => model.ValuesOf(head, result.Parameters.Span).ToArray()).ToArray();
            double Between(int s, int t) => Math.Sqrt(heads[s].Zip(heads[t], (one, other) => Math.Pow(one - other, 2)).Sum());
            return [Between(0, 1), Between(0, 2), Between(1, 2)];
        }

        var free = Distances();
        var mean = Distances(Sample.Choice("mean", ("weight", 8)));
        for (var pair = 0; pair < 3; pair++)
            mean[pair].ShouldBeLessThan(free[pair] / 3);
        var first = Distances(Sample.Choice("laplacian", ("weight", 4), ("similarities", new JsonArray(1, 0, 0))));
        first[0].ShouldBeLessThan(free[0] / 3);
        first[2].ShouldBeGreaterThan(free[2] / 3);
    }

    [Fact]
    public void Tasks_that_a_regularizer_ties_are_trained_together()
    {
        bool IsJoint(string key) => Sample.Plan(definition => definition with
        {
            Architecture = new Choice("stl"),
            Tasks = [.. definition.Tasks.Take(2)],
            Regularizers = [new Choice(key)],
        }) is var plan && plan.BuildModel(plan.Features.PreprocessedInputs(), training: true).IsJoint;

        foreach (var method in RegularizerTable.Methods)
            IsJoint(method.Key).ShouldBe(RegularizerTable.Methods.Create(new Choice(method.Key)).Value(["a", "b"]).Value.TiesTasks, method.Key);
    }

    [Fact]
    public void What_does_not_suit_the_tasks_is_refused()
    {
        Core.Error Refusal(params Choice[] regularizers) => TrainingPlan.Create(Sample.Definition with { Regularizers = regularizers }, Sample.Table(), MethodCatalogue.Standard).Error!;

        Refusal(new Choice("l1"), Sample.Choice("laplacian", ("similarities", new JsonArray(1, 2)))).ShouldBe(Core.Error.Invalid(
            "Regularizer 'laplacian' has 2 similarities for 3 tasks, which make 3 pairs.",
            "Give one for each of (price, sold), (price, grade), (sold, grade), in this order, or none for a chain.",
            "regularizers[1].similarities"));
        Refusal(new Choice("mean")).ToString().ShouldBe(
            "Regularizer 'mean' compares the tasks' own weights one by one, but no weights of all tasks have the same shape; their heads are [8, 1], [8, 1], [8, 3]. "
            + "Take at least two tasks with as many outputs, an architecture in which tasks have layers of their own, or regularizer l21 or trace.");
        Refusal(new Choice("l3")).ShouldBe(Core.Error.Invalid(
            "There is no regularizer 'l3'; the regularizers are l1, l2, elastic-net, l21, trace, mean, laplacian.", "Did you mean 'l1'?", "regularizers[0].key"));
    }

    /// <summary>Three linear tasks on the first four of eight features, trained by gradient descent on all rows.</summary>
    private static TrainingPlan Plan(params Choice[] regularizers)
    {
        var x = Normal("x", Rows * Features);
        var noise = Normal("noise", Rows * Tasks.Length);
        float[,] truth = { { 1, 0.8f, -0.5f }, { -1, -0.9f, 0.6f }, { 0.5f, 0.6f, 0.9f }, { 0.4f, 0.1f, -0.7f } };
        var table = new Table(
        [
            .. Enumerable.Range(0, Features).Select(feature => new NumericColumn($"x{feature}", [.. Enumerable.Range(0, Rows).Select(row => x[row * Features + feature])])),
            .. Tasks.Select((task, index) => new NumericColumn(task,
                [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, 4).Sum(feature => x[row * Features + feature] * truth[feature, index]) + 0.5f * noise[row * Tasks.Length + index])])),
        ]);
        var definition = new ExperimentDefinition("linear", new DataDefinition { Path = "linear.csv" }, [.. Tasks.Select(task => new TaskDefinition(task, task, TaskKind.Regression))])
        {
            Encoder = Sample.Choice("mlp", ("widths", new JsonArray()), ("dropout", 0)),
            Optimizer = Sample.Choice("gd", ("learningRate", 0.1)),
            Regularizers = regularizers,
            Training = new TrainingDefinition { Epochs = 300, Patience = 0 },
        };
        return TrainingPlan.Create(definition, table, MethodCatalogue.Standard).Value;
    }

    private static float[] Normal(string purpose, int count)
    {
        var values = new float[count];
        new CounterRandom(5, purpose).FillNormal(values);
        return values;
    }
}
