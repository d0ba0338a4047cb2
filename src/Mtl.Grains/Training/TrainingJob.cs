using System.Security.Cryptography;
using System.Text.Json;
using Mtl.Core;
using Mtl.Core.Definitions;
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
    private readonly int threads;
    private readonly TrainingServices services;
    private readonly RunJournal journal;
    private readonly CheckpointShelf checkpoints;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock positionLock = new();
    private TrainingPosition position;

    private TrainingJob(Run run, int threads, TrainingServices services)
    {
        this.run = run;
        this.threads = threads;
        this.services = services;
        journal = new RunJournal(run.Id, services.Metrics, services.Logs, services.Time);
        checkpoints = new CheckpointShelf(run.Id, services.Artifacts);
        var progress = run.Progress;
        position = new TrainingPosition(progress.Step, progress.TotalSteps, progress.Epoch, progress.Epochs, TimeSpan.FromSeconds(progress.TrainingSeconds));
        Completion = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>Ends when training has; never faults.</summary>
    public Task<JobEnd> Completion { get; }

    /// <summary>The step from which an earlier process' run was taken up, once that is known.</summary>
    public long? ResumedFrom { get; private set; }

    public RunProgress Progress
    {
        get
        {
            lock (positionLock)
                return new RunProgress(position.Step, position.TotalSteps, position.Epoch, position.Epochs, position.Elapsed.TotalSeconds);
        }
    }

    public static TrainingJob Start(Run run, int threads, TrainingServices services) => new(run, threads, services);

    /// <summary>Asks training to stop after the present step.</summary>
    public void Stop() => stop.Cancel();

    public void Dispose() => stop.Dispose();

    void ITrainingListener.Started(TrainingFacts facts)
    {
        journal.Say(
            facts.StartStep,
            LogSeverity.Information,
            $"{facts.Parameters:N0} parameters ({facts.SharedParameters:N0} shared), {facts.Features:N0} features; {facts.TrainRows:N0} training, {facts.ValidationRows:N0} validation and "
            + $"{facts.TestRows:N0} test rows; {facts.StepsPerEpoch:N0} steps per epoch; {facts.Threads} thread{(facts.Threads == 1 ? "" : "s")}.");
        Flush();
    }

    void ITrainingListener.Progress(TrainingPosition now)
    {
        lock (positionLock)
            position = now;
        if (journal.IsDue)
            Flush();
    }

    void ITrainingListener.Metrics(long step, int epoch, IReadOnlyList<MetricValue> values) => journal.Add(step, values.Select(value => (value.Key, value.Value)));

    void ITrainingListener.Log(TrainingLogLevel level, string message) =>
        journal.Say(Progress.Step, level == TrainingLogLevel.Warning ? LogSeverity.Warning : LogSeverity.Information, message);

    void ITrainingListener.Checkpoint(Checkpoint checkpoint)
    {
        Flush();
        checkpoints.SaveAsync(checkpoint).GetAwaiter().GetResult();
    }

    private void Flush() => journal.FlushAsync().GetAwaiter().GetResult();

    private async Task<JobEnd> RunAsync()
    {
        try
        {
            var end = await TrainAsync();
            if (end is JobEnd.Failed failed)
                journal.Say(Progress.Step, LogSeverity.Error, failed.Error.ToString());
            await journal.FlushAsync();
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
            return new JobEnd.Failed(Error.Unavailable($"Training broke off: {e.Message}", "Checkpoints made before stay. See the server's log for the details, mend the cause and start a new run."));
        }
    }

    private async Task<JobEnd> TrainAsync()
    {
        var table = await services.Tables.ReadAsync(run.Definition.Data, stop.Token);
        if (!table.IsSuccess)
            return new JobEnd.Failed(table.Error);

        var plan = TrainingPlan.Create(run.Definition, table.Value, services.Catalogue);
        if (!plan.IsSuccess)
            return new JobEnd.Failed(plan.Error);

        var resumeFrom = await TakeUpAsync();
        return new Trainer(plan.Value, threads, services.Time).Run(this, resumeFrom, stop.Token) switch
        {
            TrainingOutcome.Completed(var result) => await ExportAsync(plan.Value, result),
            TrainingOutcome.Stopped(var checkpoint) => await KeepAsync(checkpoint),
            TrainingOutcome.Failed(var error) => new JobEnd.Failed(error),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    /// <summary>Finds the checkpoint to go on from and forgets what was written after it.</summary>
    private async Task<Checkpoint?> TakeUpAsync()
    {
        var (checkpoint, unreadable) = await checkpoints.NewestAsync();
        var step = checkpoint?.Step ?? 0;
        await journal.RewindAsync(step);
        foreach (var reason in unreadable)
            journal.Say(step, LogSeverity.Warning, $"A checkpoint can't be used, an older one is: {reason}");
        if (run.Progress.Step > 0)
        {
            ResumedFrom = step;
            journal.Say(step, LogSeverity.Information, $"Resumed from step {step:N0}.");
        }

        return checkpoint;
    }

    private async Task<JobEnd> KeepAsync(Checkpoint checkpoint)
    {
        await journal.FlushAsync();
        await checkpoints.SaveAsync(checkpoint);
        return new JobEnd.Stopped();
    }

    private async Task<JobEnd> ExportAsync(TrainingPlan plan, TrainingResult result)
    {
        var onnx = ModelExport.ToOnnx(plan, result.Parameters);
        var parity = ParityCheck.Run(plan, result.Parameters, onnx);
        if (!parity.IsWithinTolerance)
            return new JobEnd.Failed(Error.Unavailable(
                $"The exported model differs from the trained one by {parity.MaximumDifference:0.#e+0} on task '{parity.Task}'; at most {ParityReport.Tolerance:0.#e+0} is allowed.",
                "This is a fault of the platform; the run's last checkpoint stays."));

        _ = (await services.Artifacts.WriteAsync(run.Id, RunFiles.Model, stream => stream.WriteAsync(onnx).AsTask())).Value;
        var document = JsonSerializer.SerializeToUtf8Bytes(ResultOf(result), DefinitionJson.Options);
        _ = (await services.Artifacts.WriteAsync(run.Id, RunFiles.Result, stream => stream.WriteAsync(document).AsTask())).Value;
        journal.Say(
            result.Steps, LogSeverity.Information, $"Exported {RunFiles.Model} ({onnx.Length / 1024.0:N0} KB); largest difference to the trained graph {parity.MaximumDifference:0.#e+0}.");
        return new JobEnd.Completed(new ExportedModel(RunFiles.Model, parity.MaximumDifference, Convert.ToHexStringLower(SHA256.HashData(onnx))));
    }

    private RunResult ResultOf(TrainingResult result) => new(
        [.. run.Definition.Tasks.Select(task => TaskResultOf(task, result))], result.BestEpochs.Values.Max(), result.Parameters.Length, result.Elapsed.TotalSeconds);

    private static TaskResult TaskResultOf(TaskDefinition task, TrainingResult result)
    {
        var prefix = $"{task.Name}/test_";
        var confusion = result.Confusion.FirstOrDefault(confusion => confusion.Task == task.Name);
        return new TaskResult(
            task.Name,
            task.Kind,
            result.Metrics.Where(metric => metric.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(metric => metric.Key[prefix.Length..], metric => metric.Value),
            confusion?.Labels ?? [],
            confusion?.Counts);
    }
}
