using System.Diagnostics;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Benchmarks.Train;

/// <summary>
/// The case as a user's run: the platform's trainer on a thread of its own, with a listener that lets it go for one burst at a time. A step reaches from one
/// progress report to the next, so everything that the trainer does for a step is in it; the epochs' ends are not.
/// </summary>
internal sealed class ProductSteps : ISteps, ITrainingListener
{
    private const double TrainShare = 0.8;

    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim go = new(0);
    private readonly SemaphoreSlim done = new(0);
    private readonly Thread thread;
    private TrainingOutcome? outcome;
    private double[] burst = [];
    private int taken;
    private int remaining;
    private readonly Func<double> clock;
    private double last;
    private bool interrupted;

    /// <param name="step">The case.</param>
    /// <param name="change">What is otherwise than in the case's definition.</param>
    /// <param name="clock">Seconds, read on the training thread; the time of day when null.</param>
    public ProductSteps(StepCase step, Func<ExperimentDefinition, ExperimentDefinition>? change = null, Func<double>? clock = null)
    {
        this.clock = clock ?? (() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);
        var definition = Definition(step);
        var plan = TrainingPlan.Create(change?.Invoke(definition) ?? definition, Table(), MethodCatalogue.Standard).Value;
        StepsPerEpoch = StepCase.Rows / step.Batch;
        thread = new Thread(() =>
        {
            outcome = new Trainer(plan, step.Threads).Run(this, null, stop.Token);
            done.Release();
        });
        thread.Start();
    }

    public int StepsPerEpoch { get; }

    public double[] Burst(int steps)
    {
        (burst, taken, remaining) = (new double[steps], 0, steps);
        go.Release();
        done.Wait();
        return outcome is null ? burst[..taken] : throw new InvalidOperationException($"Training ended during the benchmark: {outcome}");
    }

    public void Dispose()
    {
        stop.Cancel();
        go.Release();
        thread.Join();
        stop.Dispose();
        go.Dispose();
        done.Dispose();
    }

    void ITrainingListener.Started(TrainingFacts facts) => Pause();

    void ITrainingListener.Progress(TrainingPosition position)
    {
        var now = clock();
        if (!interrupted)
        {
            burst[taken++] = now - last;
        }

        (last, interrupted) = (now, false);
        if (--remaining <= 0)
        {
            done.Release();
            Pause();
        }
    }

    void ITrainingListener.Metrics(long step, int epoch, IReadOnlyList<MetricValue> values) => interrupted |= values.Any(value => value.Key == "all/val_loss");

    void ITrainingListener.Log(TrainingLogLevel level, string message)
    {
    }

    void ITrainingListener.Checkpoint(Checkpoint checkpoint)
    {
    }

    private void Pause()
    {
        go.Wait();
        (interrupted, last) = (false, clock());
    }

    public static ExperimentDefinition Definition(StepCase step) => new(
        "benchmark",
        new DataDefinition { Path = "memory" },
        [.. Enumerable.Range(0, StepCase.Tasks).Select(task => new TaskDefinition($"task{task}", $"y{task}", TaskKind.Regression))])
    {
        Split = new() { Validation = (1 - TrainShare) / 2, Test = (1 - TrainShare) / 2 },
        Architecture = Pick("hps", ("headUnits", StepCase.HeadUnits)),
        Encoder = Pick("mlp", ("widths", new JsonArray(step.Width, step.Width)), ("dropout", 0)),
        Weighting = new Choice(step.PerTask ? "pcgrad" : "ew"),
        Optimizer = new Choice("adam"),
        Training = new() { BatchSize = step.Batch, Epochs = 100_000, Patience = 0, CheckpointSeconds = 3600, AnalysisEvery = 0 },
    };

    private static Choice Pick(string key, params (string Name, JsonNode? Value)[] options) => new(key, options.ToDictionary(option => option.Name, option => option.Value));

    public static Table Table()
    {
        var random = new Random(1);
        var rows = (int)(StepCase.Rows / TrainShare);
        return new([
            .. Enumerable.Range(0, StepCase.Features).Select(i => Column($"x{i}")),
            .. Enumerable.Range(0, StepCase.Tasks).Select(task => Column($"y{task}")),
        ]);

        NumericColumn Column(string name) => new(name, [.. Enumerable.Range(0, rows).Select(_ => 2 * random.NextSingle() - 1)]);
    }
}
