using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Training;
using Mtl.Learning.Training;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Orleans;
using Orleans.Runtime;

namespace Mtl.Grains;

/// <inheritdoc cref="IRunGrain"/>
public sealed partial class RunGrain(IRunStore runs, TrainingServices services, GrainsOptions options, ILogger<RunGrain> logger) : Grain, IRunGrain
{
    /// <summary>How long a caller waits for training to stop; well within the response timeout.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private Run? run;
    private TrainingJob? job;
    private IGrainTimer? ticking;
    private long heartbeatAt;
    private RunCommand stopFor = RunCommand.Pause;

    private string Id => this.GetPrimaryKeyString();

    private ITrainingSlotsGrain Slots => GrainFactory.GetGrain<ITrainingSlotsGrain>(options.SiloName);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(Id, cancellationToken);
        run = stored.IsSuccess ? stored.Value : null;
    }

    /// <summary>The process goes: training stops with a checkpoint and the lease ends, so that the next process can go on at once.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (job is null)
            return;

        job.Stop();
        var end = await job.Completion.WaitAsync(cancellationToken);
        await (end is JobEnd.Stopped ? SaveAsync(run! with { Progress = job.Progress, Lease = null }) : FinishAsync(end));
    }

    public async Task<Reply<RunStatus>> Queue(RunOrder order)
    {
        if (run is not null)
            return Error.Conflict($"Run '{Id}' exists already.");

        var definition = DefinitionJson.Read<ExperimentDefinition>(order.Definition);
        if (!definition.IsSuccess)
            return definition.Error;

        var added = await runs.AddAsync(new Run(Id, order.ExperimentId, order.Name, order.Kind, definition.Value, services.Time.GetUtcNow()));
        if (!added.IsSuccess)
            return added.Error;

        run = added.Value;
        await RequestSlotAsync();
        return run.Status;
    }

    public Task<Reply<RunStatus>> Pause() => EndAsync(RunCommand.Pause);

    public Task<Reply<RunStatus>> Cancel() => EndAsync(RunCommand.Cancel);

    public async Task<Reply<RunStatus>> Resume()
    {
        var next = Next(RunCommand.Resume);
        if (!next.IsSuccess)
            return next.Error;

        await SaveAsync(run! with { Status = next.Value });
        await RequestSlotAsync();
        return run!.Status;
    }

    public async Task<Reply<RunStatus>> EnsureAttended()
    {
        if (run is null)
            return NoSuchRun();
        if (job is null && (run.Status == RunStatus.Queued || IsOrphaned(run)))
            await RequestSlotAsync();
        return run.Status;
    }

    public async Task SlotGranted(int cores)
    {
        if (run is null || job is not null || !(run.Status == RunStatus.Queued || IsOrphaned(run)))
        {
            await Slots.Release(Id);
            return;
        }

        var now = services.Time.GetUtcNow();
        await SaveAsync(run with
        {
            Status = RunStatus.Running,
            StartedAt = run.StartedAt ?? now,
            Threads = run.Threads > 0 ? run.Threads : cores,
            Lease = NewLease(now),
        });
        job = TrainingJob.Start(run, run.Threads, services);
        heartbeatAt = services.Time.GetTimestamp();
        ticking = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(options.Tick, options.Tick) { KeepAlive = true });
        LogStarted(Id, run.Threads, run.Progress.Step);
    }

    public async Task<Reply<double?>> Compare(string baselineRunId)
    {
        var (own, baseline) = (await ReadResultAsync(Id), await ReadResultAsync(baselineRunId));
        if (run is null || own is null || baseline is null)
            return Error.Conflict($"Run '{Id}' can't be compared with '{baselineRunId}': both must have completed.");

        var comparison = Comparisons.Compare(baselineRunId, own, baseline);
        var document = JsonSerializer.SerializeToUtf8Bytes(comparison, DefinitionJson.Options);
        _ = (await services.Artifacts.WriteAsync(Id, RunFiles.Comparison, stream => stream.WriteAsync(document).AsTask())).Value;
        if (comparison.DeltaM is { } deltaM)
            await services.Metrics.AppendAsync(Id, [new MetricPoint("all/delta_m", run.Progress.Step, deltaM, services.Time.GetUtcNow())]);
        return comparison.DeltaM;
    }

    private async Task<Reply<RunStatus>> EndAsync(RunCommand command)
    {
        var next = Next(command);
        if (!next.IsSuccess)
            return next.Error;

        if (job is null)
        {
            await EndAtAsync(next.Value, run!.Progress, "");
            return next.Value;
        }

        stopFor = command;
        job.Stop();
        if (await Task.WhenAny(job.Completion, Task.Delay(StopPatience, services.Time)) != job.Completion)
            return Error.Unavailable($"Run '{Id}' is still finishing a long step; it will {command.ToString().ToLowerInvariant()} then.", "Look again in a moment.");

        await FinishAsync(await job.Completion);
        return run!.Status == next.Value ? next.Value : Next(command).Error!;
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

    private async Task FinishAsync(JobEnd end)
    {
        var progress = job!.Progress;
        switch (end)
        {
            case JobEnd.Completed(var model):
                if (run!.Kind == RunKind.MultiTask)
                    await GrainFactory.GetGrain<IModelGrain>(ModelName.Of(run.Definition.Name))
                        .Register(new ModelRegistration(Id, model.File, model.ParityError, model.Sha256));
                await EndAtAsync(Next(RunCommand.Complete).Value, progress, "");
                LogCompleted(Id, progress.Step, progress.TrainingSeconds);
                await GrainFactory.GetGrain<IExperimentGrain>(run.ExperimentId).RunCompleted(Id);
                break;
            case JobEnd.Failed(var error):
                await EndAtAsync(Next(RunCommand.Fail).Value, progress, error.ToString());
                LogFailed(Id, progress.Step, error.ToString());
                break;
            case JobEnd.Stopped:
                await EndAtAsync(Next(stopFor).Value, progress, "");
                break;
        }
    }

    /// <summary>Commits that the run is not training any more, and gives its cores back.</summary>
    private async Task EndAtAsync(RunStatus status, RunProgress progress, string failure)
    {
        await SaveAsync(run! with
        {
            Status = status, Progress = progress, Failure = failure, Lease = null, EndedAt = status.IsFinal() ? services.Time.GetUtcNow() : null,
        });
        ticking?.Dispose();
        ticking = null;
        job?.Dispose();
        job = null;
        await Slots.Release(Id);
        if (status is RunStatus.Completed or RunStatus.Cancelled)
            await new CheckpointShelf(Id, services.Artifacts).ClearAsync();
    }

    private Task RequestSlotAsync() => Slots.Request(Id, CoresWanted(run!.Definition));

    private int CoresWanted(ExperimentDefinition definition)
    {
        var widest = definition.Encoder.Options.GetValueOrDefault("widths") is JsonArray { Count: > 0 } widths ? widths.Max(width => (int)width!) : 0;
        return ThreadChoice.For(definition.Training.Threads, widest, definition.Training.BatchSize, options.TrainingCores);
    }

    private bool IsOrphaned(Run candidate) =>
        candidate.Status == RunStatus.Running
        && (candidate.Lease is not { } lease || lease.ExpiresAt <= services.Time.GetUtcNow() || (options.IsOnlyProcess && lease.Owner != options.SiloName));

    private Lease NewLease(DateTimeOffset now) => new(options.SiloName, now + options.Lease);

    private Result<RunStatus> Next(RunCommand command) => run is null ? NoSuchRun() : RunTransitions.Next(Id, run.Status, command);

    private Error NoSuchRun() => Error.NotFound($"Run '{Id}' does not exist.", "Look at the experiment's list of runs.");

    /// <summary>Commits a new state; the old one stays in memory when the write fails.</summary>
    private async Task SaveAsync(Run next) => run = (await runs.UpdateAsync(next)).Value;

    private async Task<RunResult?> ReadResultAsync(string runId)
    {
        var opened = await services.Artifacts.OpenAsync(runId, RunFiles.Result);
        if (!opened.IsSuccess)
            return null;
        await using var stream = opened.Value;
        return await JsonSerializer.DeserializeAsync<RunResult>(stream, DefinitionJson.Options);
    }

    [LoggerMessage(LogLevel.Information, "Run {RunId} trains with {Threads} thread(s) from step {Step}.")]
    private partial void LogStarted(string runId, int threads, long step);

    [LoggerMessage(LogLevel.Information, "Run {RunId} completed after {Step} steps and {Seconds:0.0} s of training.")]
    private partial void LogCompleted(string runId, long step, double seconds);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} failed at step {Step}: {Reason}")]
    private partial void LogFailed(string runId, long step, string reason);
}
