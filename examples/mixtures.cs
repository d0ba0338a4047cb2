#:project ../src/Mtl.Learning/Mtl.Learning.csproj
#:property RestorePackagesWithLockFile=false
#:property UseAppHost=false
#:property PublishAot=false

// A Gaussian mixture used in three ways: dotnet run examples/mixtures.cs
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Probabilistic;
using Mtl.Learning.Training;
using Mtl.Learning.Unsupervised;

ClusterPoints();
ClusterTasks();
FindAnomalies();

// Points: how many groups are there, and which row is in which?
static void ClusterPoints()
{
    var truth = GaussianMixture.Of(CovarianceForm.Diagonal, [0.5, 0.3, 0.2], [0, 0, 6, 1, -2, 7], [1, 2, 2, 0.5, 0.5, 1]).Value;
    var (points, drawn) = truth.Sample(2000, seed: 1);
    var choice = ExpectationMaximization.ChooseByBic(points, [1, 2, 3, 4, 5], new() { Restarts = 3 }).Value;
    Console.WriteLine("Clusters of points");
    foreach (var candidate in choice.Candidates)
        Console.WriteLine(FormattableString.Invariant($"  {candidate.Components} components: BIC {candidate.Bic:F0}"));

    var labels = choice.Best.Fit.Mixture.Assign(points);
    var agreeing = drawn.Zip(labels).GroupBy(pair => pair.First).Sum(group => group.GroupBy(pair => pair.Second).Max(part => part.Count()));
    Console.WriteLine(FormattableString.Invariant($"  chosen: {choice.Best.Components}; {100.0 * agreeing / points.Rows:F1} % of the rows are with those they were drawn with"));
}

// Tasks: 24 regressions of three kinds that nobody told apart. A linear model learns them; its weights say which belong together.
static void ClusterTasks()
{
    const int Tasks = 24;
    const int Rows = 400;
    var random = new CounterRandom(2, "example tasks");
    double[][] kinds = [[2, -1, 0, 0], [0, 2, 1, 0], [-1, 0, 0, 2]];
    float[][] inputs = [.. Enumerable.Range(0, 4).Select(column => Enumerable.Range(0, Rows).Select(row => (float)random.Fork((ulong)column).Normal((ulong)row)).ToArray())];
    List<Column> columns = [.. inputs.Select((values, i) => new NumericColumn($"x{i}", values))];
    for (var task = 0; task < Tasks; task++)
    {
        var (weights, own) = (kinds[task % 3], random.Fork("task").Fork((ulong)task));
        columns.Add(new NumericColumn($"y{task:D2}", [.. Enumerable.Range(0, Rows).Select(row =>
            (float)(Enumerable.Range(0, 4).Sum(i => (weights[i] + (0.2 * own.Fork("weight").Normal((ulong)i))) * inputs[i][row]) + own.Normal((ulong)row)))]));
    }

    var definition = new ExperimentDefinition("tasks", new DataDefinition { Path = "made here" }, [.. Enumerable.Range(0, Tasks).Select(task => new TaskDefinition($"y{task:D2}", $"y{task:D2}", TaskKind.Regression))])
    {
        Encoder = new Choice("mlp", new Dictionary<string, JsonNode?> { ["widths"] = new JsonArray() }),
        Optimizer = new Choice("adam", new Dictionary<string, JsonNode?> { ["learningRate"] = 0.05 }),
    };
    var plan = TrainingPlan.Create(definition, new Table(columns), MethodCatalogue.Standard).Value;
    var trained = (TrainingOutcome.Completed)new Trainer(plan).Run(new Silence(), null, CancellationToken.None);
    var fitted = TaskParameters.FromOnnx(ModelExport.ToOnnx(plan, trained.Result.Parameters)).Value;

    var points = fitted.Standardised();
    var choice = ExpectationMaximization.ChooseByBic(points, [1, 2, 3, 4, 5], new() { Covariance = CovarianceForm.Tied, Restarts = 10 }).Value;
    Console.WriteLine("Clusters of tasks");
    foreach (var group in choice.Best.Fit.Mixture.Assign(points).Zip(fitted.Tasks).GroupBy(pair => pair.First, pair => pair.Second).OrderBy(group => group.First()))
        Console.WriteLine($"  {string.Join(' ', group)}");
}

// Anomalies: a density of what is normal, and a threshold that one normal row in a hundred passes.
static void FindAnomalies()
{
    var normal = GaussianMixture.Of(CovarianceForm.Full, [0.6, 0.4], [0, 0, 8, 3], [2, 1.2, 1.2, 1, 1, -0.6, -0.6, 1]).Value;
    var reference = normal.Sample(3000, seed: 3).Points;
    var mixture = ExpectationMaximization.Fit(reference, new() { Components = 2, Restarts = 3 }).Value.Mixture;
    var detector = AnomalyDetector.Of(mixture, reference, quantile: 0.99);

    var fresh = normal.Sample(1000, seed: 4).Points;
    var random = new CounterRandom(5, "example anomalies");
    var planted = new Points([.. Enumerable.Range(0, 200).Select(i => -6 + (20 * random.Double((ulong)i)))], 2);
    var (scores, strange) = (detector.Scores(fresh), detector.Scores(planted));
    var wins = strange.Sum(score => scores.Count(other => other < score));
    Console.WriteLine("Anomalies");
    Console.WriteLine(FormattableString.Invariant($"  threshold {detector.Threshold:F2} nats: {100.0 * detector.Flags(fresh).Count(flag => flag) / fresh.Rows:F1} % of new normal rows flagged, {100.0 * detector.Flags(planted).Count(flag => flag) / planted.Rows:F0} % of planted ones"));
    Console.WriteLine(FormattableString.Invariant($"  area under the ROC curve: {(double)wins / scores.Length / strange.Length:F3}"));
}

/// <summary>Hears nothing.</summary>
internal sealed class Silence : ITrainingListener
{
    public void Started(TrainingFacts facts)
    {
    }

    public void Progress(TrainingPosition position)
    {
    }

    public void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values)
    {
    }

    public void Log(TrainingLogLevel level, string message)
    {
    }

    public void Checkpoint(Checkpoint checkpoint)
    {
    }
}
