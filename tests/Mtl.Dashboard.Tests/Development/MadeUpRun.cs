using Mtl.Core.Definitions;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>A run that "trains" by the clock: 40 epochs of 30 steps in about a minute.</summary>
internal sealed class MadeUpRun(string id, string experimentId, string name, RunKind kind, ExperimentDefinition definition, DateTimeOffset startsAt, TimeProvider time)
{
    private const int StepsPerEpoch = 30;
    private const double StepsPerSecond = 20;

    private RunStatus? stopped;
    private DateTimeOffset stoppedAt;

    public string Id => id;

    public string ExperimentId => experimentId;

    public string Name => name;

    public RunKind Kind => kind;

    public ExperimentDefinition Definition => definition;

    public DateTimeOffset StartsAt => startsAt;

    public string Failure { get; private set; } = "";

    public long TotalSteps => (long)definition.Training.Epochs * StepsPerEpoch;

    public long Step => Math.Clamp((long)(((stopped is null ? time.GetUtcNow() : stoppedAt) - startsAt).TotalSeconds * StepsPerSecond), 0, TotalSteps);

    public RunStatus Status => stopped ?? (Step >= TotalSteps ? RunStatus.Completed : time.GetUtcNow() < startsAt ? RunStatus.Queued : RunStatus.Running);

    public RunProgress Progress => new(Step, TotalSteps, (int)Math.Min(definition.Training.Epochs, (Step / StepsPerEpoch) + 1), definition.Training.Epochs, Step / StepsPerSecond);

    public double? SecondsLeft => Status == RunStatus.Running ? (TotalSteps - Step) / StepsPerSecond : null;

    public string Method => $"{definition.Architecture.Key} · {definition.Weighting.Key} · {definition.Optimizer.Key}";

    public void Stop(RunStatus status, double secondsFromNow = 0, string failure = "")
    {
        (stoppedAt, Failure) = (time.GetUtcNow().AddSeconds(secondsFromNow), failure);
        stopped = status;
    }

    public void Resume()
    {
        startsAt += time.GetUtcNow() - stoppedAt;
        stopped = null;
    }

    public IEnumerable<MetricPoint> Points(long afterStep)
    {
        for (var step = afterStep + 1; step <= Step; step++)
            foreach (var (key, value) in At(step))
                yield return new MetricPoint(key, step, value, startsAt.AddSeconds(step / StepsPerSecond));
    }

    public IEnumerable<LogLine> Log(long afterSequence)
    {
        for (var epoch = afterSequence + 1; epoch <= (Step / StepsPerEpoch) + 1; epoch++)
            yield return epoch == 1
                ? new(1, 0, startsAt, LogSeverity.Information, $"Training {definition.Tasks.Count} tasks with {Method}: 22,793 rows, 104 features, 21,315 parameters, 1 thread.")
                : epoch == 7 ? new(7, 180, startsAt.AddSeconds(9), LogSeverity.Warning, "Column 'native-country': 2 categories of the validation rows are unknown.")
                : new(epoch, (epoch - 1) * StepsPerEpoch, startsAt.AddSeconds((epoch - 1) * StepsPerEpoch / StepsPerSecond), LogSeverity.Information, $"Epoch {epoch - 1}: validation loss {Curve(epoch * StepsPerEpoch, 0.4):0.0000}.");
    }

    public double Final(string key) => At(TotalSteps).Concat(At(TotalSteps - (TotalSteps % StepsPerEpoch))).First(item => item.Key == key).Value;

    private IEnumerable<(string Key, double Value)> At(long step)
    {
        var isEpochEnd = step % StepsPerEpoch == 0;
        var gain = kind == RunKind.Baseline ? 0 : 0.012 + (0.004 * (id.Length + id[^1] % 5));
        if (step % 3 == 0)
            yield return ("all/train_loss", Curve(step, 0.33) + Wobble(step, 0));
        if (isEpochEnd)
            yield return ("all/val_loss", Curve(step, 0.37) + (Wobble(step, 1) / 2));
        if (step % 30 == 0 && kind != RunKind.Baseline)
            foreach (var gradient in Gradients(step))
                yield return gradient;
        foreach (var (task, i) in definition.Tasks.Select((task, i) => (task, i)))
        {
            if (step % 3 == 0)
                yield return ($"{task.Name}/train_loss", Curve(step, 0.25 + (0.1 * i)) + Wobble(step, i));
            if (step % 15 == 0)
                yield return ($"{task.Name}/weight", 1 + (0.5 * Math.Sin((step / 260d) + (2.1 * i)) * Math.Exp(-step / 900d)));
            if (!isEpochEnd)
                continue;
            yield return ($"{task.Name}/val_loss", Curve(step, 0.29 + (0.1 * i)) + (Wobble(step, i + 3) / 2));
            foreach (var (metric, from, to) in Metrics(task.Kind))
            {
                yield return ($"{task.Name}/val_{metric}", to + ((from - to) * Math.Exp(-step / 200d)) + (gain * Math.Sign(to - from) * Math.Abs(to)) + (Wobble(step, i + 5) / 12 * Math.Abs(to)));
                yield return ($"{task.Name}/test_{metric}", to + (gain * (0.6 + (0.5 * i)) * Math.Sign(to - from) * Math.Abs(to)));
            }
        }
    }

    private IEnumerable<(string Key, double Value)> Gradients(long step)
    {
        var tasks = definition.Tasks;
        var cosines = (from a in Enumerable.Range(0, tasks.Count) from b in Enumerable.Range(a + 1, tasks.Count - a - 1) select (a, b, Cosine: Math.Sin((step / 300d) + a + (2 * b)) / 2)).ToArray();
        foreach (var (a, b, cosine) in cosines)
            yield return ($"{tasks[a].Name}~{tasks[b].Name}/gradient_cosine", cosine);
        foreach (var (task, i) in tasks.Select((task, i) => (task, i)))
            yield return ($"{task.Name}/gradient_norm", Curve(step, 0.1 + (0.2 * i)));
        if (cosines.Length > 0)
        {
            yield return ("all/gradient_cosine", cosines.Average(pair => pair.Cosine));
            yield return ("all/conflict_rate", cosines.Count(pair => pair.Cosine < 0) / (double)cosines.Length);
        }
    }

    public static (string Metric, double From, double To)[] Metrics(TaskKind kind) => kind switch
    {
        TaskKind.Regression => [("rmse", 14, 10.8), ("r2", 0, 0.31)],
        TaskKind.Binary => [("roc_auc", 0.5, 0.905), ("accuracy", 0.7, 0.846)],
        _ => [("accuracy", 0.33, 0.78)],
    };

    private static double Curve(long step, double floor) => floor + (0.6 * Math.Exp(-step / 170d));

    private static double Wobble(long step, int stream) => 0.03 * Math.Sin((step * 1.7) + (stream * 12.9)) * Math.Cos((step * 0.31) + stream);
}
