using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Training;
using Mtl.Learning.Training;
using Mtl.Tracking.Runs;
using Orleans;
using Orleans.Runtime;

namespace Mtl.Grains;

/// <inheritdoc cref="IRunGrain"/>
public sealed partial class RunGrain(IRunStore runs, TrainingServices services, GrainsOptions options, ILogger<RunGrain> logger) : Grain, IRunGrain, IDisposable
{
    /// <summary>How long a caller waits for training to stop; well within the response timeout and the lease.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private Run? run;
    private TrainingJob? job;
    private IGrainTimer? ticking;
    private long heartbeatAt;

    /// <summary>What training was stopped for; null while nobody asked.</summary>
    private RunCommand? stopFor;

    private string Id => this.GetPrimaryKeyString();

    private ITrainingSlotsGrain Slots => GrainFactory.GetGrain<ITrainingSlotsGrain>(options.SiloName);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(Id, cancellationToken);
        run = stored.IsSuccess ? stored.Value : null;
    }

    /// <summary>
    /// The process goes: training stops with a checkpoint and the lease ends, so that the next process can go on at once. What training came to in this moment, the next comes to again.
    /// The cores stay this run's: should it be taken up in this process after all, the slots tell it so. Without time to do so, the run is left as a crash leaves it.
    /// </summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (job is null)
            return;
        if (cancellationToken.IsCancellationRequested)
        {
            job.Abandon();
            return;
        }

        job.Stop();
        var end = await job.Completion.WaitAsync(cancellationToken);
        var status = (end, stopFor) is (JobEnd.Stopped, { } command) ? Next(command).Value : run!.Status;
        if (await SaveAsync(Ended(status, job.Progress)))
            LeaveJob();
    }

    /// <summary>A grain that is dropped takes its training along.</summary>
    public void Dispose() => job?.Abandon();

    public async Task<Reply<RunStatus>> Queue(RunOrder order)
    {
        if (run is not null)
            return Error.Conflict($"Run '{Id}' exists already.");

        var definition = DefinitionJson.Read<ExperimentDefinition>(order.Definition);
        if (!definition.IsSuccess)
            return definition.Error;

        var queued = new Run(Id, order.ExperimentId, order.Name, order.Kind, definition.Value, services.Time.GetUtcNow());
        var added = await runs.AddAsync(queued, new RunBatch([], DefinitionParameters.Of(definition.Value), TagsOf(queued)));
        if (!added.IsSuccess)
            return added.Error;

        run = added.Value;
        await Slots.Request(Id, order.Together > 1 ? 1 : CoresWanted(run.Plan));
        return run.Status;
    }

    /// <summary>What MLflow's clients know a run by.</summary>
    private static Dictionary<string, string> TagsOf(Run run)
    {
        var tags = new Dictionary<string, string> { [RunTags.Name] = run.Name, ["mlflow.source.type"] = "JOB", ["mlflow.source.name"] = "mtl" };
        if (run.Owner.Length > 0)
            tags["mlflow.user"] = run.Owner;
        return tags;
    }

    public Task<Reply<RunStatus>> Pause() => EndAsync(RunCommand.Pause);

    public Task<Reply<RunStatus>> Cancel() => EndAsync(RunCommand.Cancel);

    public async Task<Reply<RunStatus>> Resume()
    {
        var next = Next(RunCommand.Resume);
        if (!next.IsSuccess)
            return next.Error;

        if (!await SaveAsync(run! with { Status = next.Value }))
            return TakenElsewhere();
        await RequestSlotAsync();
        return run!.Status;
    }

    public async Task<Reply<RunStatus>> EnsureAttended()
    {
        if (run is null)
            return NoSuchRun();
        if (job is not null || IsStartable)
            await RequestSlotAsync();
        return run.Status;
    }

    public async Task SlotGranted(int cores)
    {
        if (job is not null)
            return;
        if (!IsStartable)
        {
            await Slots.Release(Id);
            return;
        }

        var isTakenUp = run!.StartedAt is not null;
        var now = services.Time.GetUtcNow();
        var started = await SaveAsync(run with
        {
            Status = RunStatus.Running,
            StartedAt = run.StartedAt ?? now,
            Threads = run.Threads > 0 ? run.Threads : cores,
            Lease = NewLease(now),
        });
        if (!started)
            return;

        stopFor = null;
        job = TrainingJob.Start(run, isTakenUp, run.Threads, services);
        heartbeatAt = services.Time.GetTimestamp();
        ticking = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(options.Tick, options.Tick) { KeepAlive = true });
        LogStarted(Id, run.Threads, run.Progress.Step);
    }

    private async Task<Reply<RunStatus>> EndAsync(RunCommand command)
    {
        var next = Next(command);
        if (!next.IsSuccess)
            return next.Error;

        if (job is null)
            return await EndAtAsync(next.Value, run!.Progress) ? next.Value : TakenElsewhere();

        stopFor = command;
        job.Stop();
        if (await Task.WhenAny(job.Completion, Task.Delay(StopPatience, services.Time)) != job.Completion)
            return Error.Unavailable($"Run '{Id}' is still finishing a long step; '{command.ToString().ToLowerInvariant()}' takes effect after it.", "Look again in a moment.");

        await FinishAsync(await job.Completion);
        return run!.Status == next.Value ? next.Value : Next(command).Match(_ => TakenElsewhere(), error => error);
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        if (job is null)
            return;

        if (job.Completion.IsCompleted)
        {
            await FinishAsync(await job.Completion);
        }
        else if (services.Time.GetElapsedTime(heartbeatAt) > options.Lease / 4)
        {
            heartbeatAt = services.Time.GetTimestamp();
            await SaveAsync(run! with { Progress = job.Progress, Lease = NewLease(services.Time.GetUtcNow()) });
        }
    }

    /// <summary>Commits how training ended. When a write fails, the next tick does all of it again.</summary>
    private async Task FinishAsync(JobEnd end)
    {
        var progress = job!.Progress;
        switch (end)
        {
            case JobEnd.Completed(var model):
                if (run!.Kind == RunKind.MultiTask)
                    await GrainFactory.GetGrain<IModelGrain>(await services.Names.OfAsync(run))
                        .Register(new ModelRegistration(Id, model.File, model.ParityError, model.Sha256));
                if (!await EndAtAsync(Next(RunCommand.Complete).Value, progress))
                    return;
                LogCompleted(Id, progress.Step, progress.TrainingSeconds);
                await GrainFactory.GetGrain<IExperimentGrain>(run.ExperimentId).RunCompleted(Id);
                break;
            case JobEnd.Failed(var error, var cause):
                if (await EndAtAsync(Next(RunCommand.Fail).Value, progress, error.ToString()))
                    LogFailed(cause, Id, progress.Step, error.ToString());
                break;
            case JobEnd.Stopped:
                await EndAtAsync(Next(stopFor ?? RunCommand.Pause).Value, progress);
                break;
        }
    }

    /// <summary>Commits that the run is not training any more, and gives its cores back; false when it is another process' run now.</summary>
    private async Task<bool> EndAtAsync(RunStatus status, RunProgress progress, string failure = "")
    {
        if (!await SaveAsync(Ended(status, progress) with { Failure = failure }))
            return false;

        LeaveJob();
        await Slots.Release(Id);
        if (status is RunStatus.Completed or RunStatus.Cancelled)
            await ClearCheckpointsAsync();
        return true;
    }

    private Run Ended(RunStatus status, RunProgress progress) =>
        run! with { Status = status, Progress = progress, Lease = null, EndedAt = status.IsFinal() ? services.Time.GetUtcNow() : null };

    private void LeaveJob()
    {
        ticking?.Dispose();
        ticking = null;
        job?.Dispose();
        job = null;
    }

    /// <summary>Checkpoints that can't be removed only take room; the run has ended all the same.</summary>
    private async Task ClearCheckpointsAsync()
    {
        try
        {
            await new CheckpointShelf(Id, services.Artifacts).ClearAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogCheckpointsLeft(e, Id);
        }
    }

    private Task RequestSlotAsync() => Slots.Request(Id, run!.Threads > 0 ? run.Threads : CoresWanted(run.Plan));

    private int CoresWanted(ExperimentDefinition definition)
    {
        var widest = !definition.IsNetwork() ? 0 : definition.Encoder.Options.GetValueOrDefault("widths") is JsonArray { Count: > 0 } widths ? widths.Max(width => (int)width!) : 0;
        return ThreadChoice.For(definition.Training.Threads, widest, definition.Training.BatchSize, options.TrainingCores);
    }

    /// <summary>Queued, or running by the record while nobody trains it.</summary>
    private bool IsStartable => run is { Status: RunStatus.Queued } || (run is { Status: RunStatus.Running } && !IsLeased(run));

    /// <summary>Whether a process that may be alive holds the run.</summary>
    private bool IsLeased(Run candidate) =>
        candidate.Lease is { } lease && lease.ExpiresAt > services.Time.GetUtcNow() && !(options.IsOnlyProcess && lease.Owner != options.SiloName);

    private Lease NewLease(DateTimeOffset now) => new(options.SiloName, now + options.Lease);

    private Result<RunStatus> Next(RunCommand command) => run is null ? NoSuchRun() : RunTransitions.Next(Id, run.Status, command);

    private Error NoSuchRun() => Error.NotFound($"Run '{Id}' does not exist.", "Look at the experiment's list of runs.");

    private Error TakenElsewhere() => Error.Conflict($"Run '{Id}' was changed by another process.", "Look at it again and repeat the command.");

    /// <summary>
    /// Commits a new state; the old one stays in memory when the write fails. False when another process has written since: the run is that one's now, and training here ends without another
    /// write.
    /// </summary>
    private async Task<bool> SaveAsync(Run next)
    {
        var saved = await runs.UpdateAsync(next);
        if (saved.IsSuccess)
        {
            run = saved.Value;
            return true;
        }

        LogTakenElsewhere(Id, saved.Error.ToString());
        job?.Abandon();
        LeaveJob();
        run = (await runs.GetAsync(Id)).Match<Run?>(stored => stored, _ => null);
        await Slots.Release(Id);
        return false;
    }

    [LoggerMessage(LogLevel.Information, "Run {RunId} trains with {Threads} thread(s) from step {Step}.")]
    private partial void LogStarted(string runId, int threads, long step);

    [LoggerMessage(LogLevel.Information, "Run {RunId} completed after {Step} steps and {Seconds:0.0} s of training.")]
    private partial void LogCompleted(string runId, long step, double seconds);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} failed at step {Step}: {Reason}")]
    private partial void LogFailed(Exception? cause, string runId, long step, string reason);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} is another process' now; training here ends. {Reason}")]
    private partial void LogTakenElsewhere(string runId, string reason);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} has ended, but its checkpoints could not be removed.")]
    private partial void LogCheckpointsLeft(Exception cause, string runId);
}
