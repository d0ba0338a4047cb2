using Mtl.Tracking.Models;

namespace Mtl.Storage.Relational;

/// <summary>A model version as its table holds it.</summary>
internal sealed class ModelVersionRow
{
    public const string Columns = "name, version, run_id, file, parity_error, sha256, created_at, updated_at, description, stage, source, run_link, model_id, owner";

    public const string Insert =
        $"""
        INSERT INTO model_versions ({Columns})
        VALUES (@Name, @Version, @RunId, @File, @ParityError, @Sha256, @CreatedAt, @UpdatedAt, @Description, @Stage, @Source, @RunLink, @ModelId, @Owner)
        """;

    public required string Name { get; init; }

    public required int Version { get; init; }

    public required string RunId { get; init; }

    public required string File { get; init; }

    public required double ParityError { get; init; }

    public required string Sha256 { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required string Description { get; init; }

    public required string Stage { get; init; }

    public required string Source { get; init; }

    public required string RunLink { get; init; }

    public required string ModelId { get; init; }

    public required string Owner { get; init; }

    public static ModelVersionRow Of(ModelVersion version) => new()
    {
        Name = version.Name,
        Version = version.Version,
        RunId = version.RunId,
        File = version.File,
        ParityError = version.ParityError,
        Sha256 = version.Sha256,
        CreatedAt = version.CreatedAt.UtcTicks,
        UpdatedAt = version.UpdatedAt.UtcTicks,
        Description = version.Description,
        Stage = version.Stage,
        Source = version.Source,
        RunLink = version.RunLink,
        ModelId = version.ModelId,
        Owner = version.Owner,
    };

    public ModelVersion ToModelVersion() => new(Name, Version, RunId, File, ParityError, Sha256, CreatedAt.ToTime())
    {
        UpdatedAt = UpdatedAt.ToTime(),
        Description = Description,
        Stage = Stage,
        Source = Source,
        RunLink = RunLink,
        ModelId = ModelId,
        Owner = Owner,
    };
}
