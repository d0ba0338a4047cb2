using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Storage.Relational;

/// <summary>A run as its table holds it.</summary>
internal sealed class RunRow
{
    public required string Id { get; init; }

    public required string ExperimentId { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>JSON; empty for none.</summary>
    public required string Definition { get; init; }

    public required long CreatedAt { get; init; }

    public required string Status { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public long? DeletedAt { get; init; }

    public required string Owner { get; init; }

    public required string Failure { get; init; }

    public required int Threads { get; init; }

    public required long Step { get; init; }

    public required long TotalSteps { get; init; }

    public required int Epoch { get; init; }

    public required int Epochs { get; init; }

    public required double TrainingSeconds { get; init; }

    public string? LeaseOwner { get; init; }

    public long? LeaseExpiresAt { get; init; }

    public required long Version { get; init; }

    public static RunRow Of(Run run) => new()
    {
        Id = run.Id,
        ExperimentId = run.ExperimentId,
        Name = run.Name,
        Kind = $"{run.Kind}",
        Definition = run.Definition is { } definition ? DefinitionJson.Write(definition) : "",
        CreatedAt = run.CreatedAt.UtcTicks,
        Status = $"{run.Status}",
        StartedAt = run.StartedAt?.UtcTicks,
        EndedAt = run.EndedAt?.UtcTicks,
        DeletedAt = run.DeletedAt?.UtcTicks,
        Owner = run.Owner,
        Failure = run.Failure,
        Threads = run.Threads,
        Step = run.Progress.Step,
        TotalSteps = run.Progress.TotalSteps,
        Epoch = run.Progress.Epoch,
        Epochs = run.Progress.Epochs,
        TrainingSeconds = run.Progress.TrainingSeconds,
        LeaseOwner = run.Lease?.Owner,
        LeaseExpiresAt = run.Lease?.ExpiresAt.UtcTicks,
        Version = run.Version,
    };

    public Run ToRun() => new(Id, ExperimentId, Name, Enum.Parse<RunKind>(Kind), Definition.Length == 0 ? null : DefinitionJson.ReadStored<ExperimentDefinition>(Definition), CreatedAt.ToTime())
    {
        Status = Enum.Parse<RunStatus>(Status),
        StartedAt = StartedAt.ToTime(),
        EndedAt = EndedAt.ToTime(),
        DeletedAt = DeletedAt.ToTime(),
        Owner = Owner,
        Failure = Failure,
        Threads = Threads,
        Progress = new RunProgress(Step, TotalSteps, Epoch, Epochs, TrainingSeconds),
        Lease = LeaseOwner is { } owner ? new Lease(owner, LeaseExpiresAt!.Value.ToTime()) : null,
        Version = Version,
    };
}
