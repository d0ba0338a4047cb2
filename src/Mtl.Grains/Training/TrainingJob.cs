using System.Security.Cryptography;
using System.Text.Json;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>
/// One run's training on a thread of its own: reads the table, goes on from the last checkpoint, trains, exports. Writes the run's metrics, log and files;
/// the run's record is the grain's alone.
/// </summary>
internal sealed class TrainingJob : ITrainingListener, IDisposable
{
    private readonly Run run;
    private readonly bool isTakenUp;
    private readonly int threads;
    private readonly TrainingServices services;
    private readonly RunJournal journal;
    private readonly CheckpointShelf checkpoints;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private TrainingPosition position;
    private long? resumedFrom;
    private volatile bool isAbandoned;

    private TrainingJob(Run run, bool isTakenUp, int threads, TrainingServices services)
    {
        this.run = run;
        this.isTakenUp = isTakenUp;
        this.threads = threads;
        this.services = services;
        journal = new RunJournal(run.Id, services.Metrics, services.Logs, services.Time);
        checkpoints = new CheckpointShelf(run.Id, services.Artifacts);
        var progress = run.Progress;
        position = new TrainingPosition(progress.Step, progress.TotalSteps, progress.Epoch, progress.Epochs, TimeSpan.FromSeconds(progress.TrainingSeconds));
        Completion = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends when training has; never faults.</summary>
    public Task<JobEnd> Completion { get; }

    /// <summary>The step from which an earlier job's run was taken up, once that is known; null for a run's first job.</summary>
    public long? ResumedFrom
    {
        get
        {
            lock (gate)
                return resumedFrom;
        }
    }

    public RunProgress Progress
    {
        get
        {
            lock (gate)
                return new RunProgress(position.Step, position.TotalSteps, position.Epoch, position.Epochs, position.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Starts training.</summary>
    /// <param name="run">What to train; its definition must be complete.</param>
    /// <param name="isTakenUp">An earlier job has trained it.</param>
    /// <param name="threads">Threads to train with.</param>
    /// <param name="services">What to work with.</param>
    public static TrainingJob Start(Run run, bool isTakenUp, int threads, TrainingServices services) => new(run, isTakenUp, threads, services);

    /// <summary>Asks training to stop after the present step.</summary>
    public void Stop() => stop.Cancel();

    /// <summary>Ends training without another write: the run is another job's now, or its grain was dropped.</summary>
    public void Abandon()
    {
        isAbandoned = true;
        stop.Cancel();
    }

    public void Dispose() => stop.Dispose();

    void ITrainingListener.Started(TrainingFacts facts)
    {
        lock (gate)
            position = position with { TotalSteps = facts.TotalSteps, Epochs = facts.Epochs };
        journal.Say(
            facts.StartStep,
            LogSeverity.Information,
            $"{facts.Parameters:N0} parameters ({facts.SharedParameters:N0} shared), {facts.Features:N0} features; {facts.TrainRows:N0} training, {facts.ValidationRows:N0} validation and "
            + $"{facts.TestRows:N0} test rows; {facts.StepsPerEpoch:N0} steps per epoch; {facts.Threads} thread{(facts.Threads == 1 ? "" : "s")}.");
        Flush();
    }

    void ITrainingListener.Progress(TrainingPosition now)
    {
        long done;
        lock (gate)
        {
            done = now.Step - position.Step;
            position = now;
        }

        if (done > 0)
            TrainingMeter.Steps.Add(done);
        if (journal.IsDue)
            Flush();
    }

    void ITrainingListener.Metrics(long step, int epoch, IReadOnlyList<MetricValue> values) => journal.Add(step, values.Select(value => (value.Key, value.Value)));

    void ITrainingListener.Log(TrainingLogLevel level, string message) =>
        journal.Say(Progress.Step, level == TrainingLogLevel.Warning ? LogSeverity.Warning : LogSeverity.Information, message);

    void ITrainingListener.Checkpoint(Checkpoint checkpoint)
    {
        Flush();
        Await(checkpoints.SaveAsync(checkpoint));
    }

    /// <summary>Waits on this thread, so that training never takes one from the pool, which the grains' turns need.</summary>
    private static void Await(Task task) => task.GetAwaiter().GetResult();

    private static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private void Flush()
    {
        if (isAbandoned)
            throw new OperationCanceledException($"The job of run '{run.Id}' was abandoned.");
        Await(journal.FlushAsync());
    }

    private JobEnd Work()
    {
        try
        {
            var end = Train();
            if (end is JobEnd.Failed failed)
                journal.Say(Progress.Step, LogSeverity.Error, failed.Error.ToString());
            Flush();
            return end;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new JobEnd.Stopped();
        }
#pragma warning disable CA1031 // Whatever breaks training ends the run as failed, with its reason; the process and the other runs go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new JobEnd.Failed(
                Error.Unavailable($"Training broke off: {e.Message.TrimEnd('.')}.", "Checkpoints made before stay. See the server's log for the details, mend the cause and start a new run."), e);
        }
    }

    private JobEnd Train()
    {
        var table = Await(services.Tables.ReadAsync(run.Plan.Data, stop.Token));
        if (!table.IsSuccess)
            return new JobEnd.Failed(table.Error);

        var source = run.Plan.Transfer is { } transfer ? Await(TransferSources.ReadAsync(transfer, services.Artifacts, stop.Token)) : (TransferSource?)null;
        if (!source.IsSuccess)
            return new JobEnd.Failed(source.Error);

        var chosen = Choose(table.Value, source.Value);
        if (!chosen.IsSuccess)
            return new JobEnd.Failed(chosen.Error);
        if (chosen.Value.Definition is not { } definition)
            return new JobEnd.Stopped();

        var plan = TrainingPlan.Create(definition, table.Value, services.Catalogue, source.Value);
        if (!plan.IsSuccess)
            return new JobEnd.Failed(plan.Error);

        var resumeFrom = TakeUp();
        return new Trainer(plan.Value, threads, services.Time).Run(this, resumeFrom, stop.Token) switch
        {
            TrainingOutcome.Completed(var result) => Export(plan.Value, result, chosen.Value.Found),
            TrainingOutcome.Stopped => new JobEnd.Stopped(),
            TrainingOutcome.Failed(var error) => new JobEnd.Failed(error),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    /// <summary>Runs the definition's cross-validation, if it has one, going on from the scores that an earlier job has left. The definition is null when stopped.</summary>
    private Result<(ExperimentDefinition? Definition, CrossValidationResult? Found)> Choose(Table table, TransferSource? source)
    {
        if (run.Plan.CrossValidation is null)
            return (run.Plan, null);
        var checkedFirst = TrainingPlan.Create(run.Plan with { CrossValidation = null }, table, services.Catalogue, source);
        if (!checkedFirst.IsSuccess)
            return checkedFirst.Error;
        var known = isTakenUp ? Await(ReadScores()) : [];
        return CrossValidation.Run(
            run.Plan,
            table,
            services.Catalogue,
            source,
            known,
            scores =>
            {
                Flush();
                Write(RunFiles.CrossValidation, JsonSerializer.SerializeToUtf8Bytes(scores, DefinitionJson.Options));
            },
            message =>
            {
                journal.Say(0, LogSeverity.Information, message);
                Flush();
            },
            stop.Token).Map(outcome => (outcome.Chosen, outcome.Chosen is null ? null : ResultOf(outcome)));
    }

    /// <summary>The scores that an earlier job has left; none, which the log says, when the file is damaged.</summary>
    private async Task<double[]> ReadScores()
    {
        var opened = await services.Artifacts.OpenAsync(run.Id, RunFiles.CrossValidation);
        if (!opened.IsSuccess)
            return [];
        await using var stream = opened.Value;
        try
        {
            return await JsonSerializer.DeserializeAsync<double[]>(stream, DefinitionJson.Options) ?? [];
        }
        catch (JsonException)
        {
            journal.Say(0, LogSeverity.Warning, "The scores that the cross-validation had reached can't be read; it begins again.");
            return [];
        }
    }

    /// <summary>Finds the checkpoint to go on from and forgets what was written after it.</summary>
    private Checkpoint? TakeUp()
    {
        stop.Token.ThrowIfCancellationRequested();
        if (!isTakenUp)
            return null;

        var (checkpoint, unreadable) = Await(checkpoints.NewestAsync());
        var step = checkpoint?.Step ?? 0;
        Await(journal.RewindAsync(step));
        lock (gate)
        {
            position = position with { Step = step, Epoch = checkpoint?.Epoch ?? 0, Elapsed = checkpoint?.Elapsed ?? TimeSpan.Zero };
            resumedFrom = step;
        }

        foreach (var reason in unreadable)
            journal.Say(step, LogSeverity.Warning, reason);
        journal.Say(step, LogSeverity.Information, $"Resumed from step {step:N0}.");
        return checkpoint;
    }

    private JobEnd Export(TrainingPlan plan, TrainingResult result, CrossValidationResult? found)
    {
        var onnx = ModelExport.ToOnnx(plan, result.Parameters);
        var parity = ParityCheck.Run(plan, result.Parameters, onnx);
        if (!parity.IsWithinTolerance)
            return new JobEnd.Failed(Error.Unavailable(
                $"The exported model differs from the trained one by {parity.MaximumDifference:0.#e+0} on task '{parity.Task}'; at most {ParityReport.Tolerance:0.#e+0} is allowed.",
                "This is a fault of the platform; the run's last checkpoint stays."));

        Flush();
        Write(RunFiles.Model, onnx);
        Write($"{RunFiles.ModelFolder}/{MlflowLayout.Data}", onnx);
        foreach (var (path, content) in MlflowLayout.FilesOf(plan.Signature, onnx.Length, run.Id, services.Time.GetUtcNow()))
            Write($"{RunFiles.ModelFolder}/{path}", content);
        Write(RunFiles.Result, JsonSerializer.SerializeToUtf8Bytes(ResultOf(plan, result) with { CrossValidation = found }, DefinitionJson.Options));
        journal.Say(
            result.Steps, LogSeverity.Information, $"Exported {RunFiles.Model} ({onnx.Length / 1024.0:N0} KB); largest difference to the trained graph {parity.MaximumDifference:0.#e+0}.");
        return new JobEnd.Completed(new ExportedModel(RunFiles.Model, parity.MaximumDifference, Convert.ToHexStringLower(SHA256.HashData(onnx))));
    }

    private void Write(string path, byte[] content) => _ = Await(services.Artifacts.WriteAsync(run.Id, path, stream => stream.WriteAsync(content).AsTask())).Value;

    private static CrossValidationResult ResultOf(CrossValidationOutcome outcome) => new(
        outcome.Score, outcome.HigherIsBetter, [.. outcome.Points.Select(point => new CrossValidationPoint(point.Values, point.Mean, point.Deviation))], outcome.Best);

    private static RunResult ResultOf(TrainingPlan plan, TrainingResult result) => new(
        [.. plan.Tasks.Select(task => TaskResultOf(task.Name, task.Kind, result))], result.BestEpochs.Values.Max(), result.Parameters.Length, result.Elapsed.TotalSeconds)
    {
        Pooled = [.. plan.Pools.Select(pool => TaskResultOf(pool.Name, pool.Kind, result))],
    };

    private static TaskResult TaskResultOf(string name, TaskKind kind, TrainingResult result)
    {
        var prefix = $"{name}/test_";
        var confusion = result.Confusion.FirstOrDefault(confusion => confusion.Task == name);
        return new TaskResult(
            name,
            kind,
            result.Metrics.Where(metric => metric.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(metric => metric.Key[prefix.Length..], metric => metric.Value),
            confusion?.Labels ?? [],
            confusion?.Counts);
    }
}
