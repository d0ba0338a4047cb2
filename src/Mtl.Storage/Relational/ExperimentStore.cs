using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Tracking.Experiments;

namespace Mtl.Storage.Relational;

internal sealed class ExperimentStore(IDatabase database) : IExperimentStore
{
    internal const string Columns = "id, name, definition, artifact_location, created_at, updated_at, is_deleted, version";

    public Task<Result<Experiment>> AddAsync(Experiment experiment, CancellationToken cancellation = default)
    {
        var added = experiment with { Version = 1 };
        var row = Row.Of(added);
        return database.WriteAsync<Result<Experiment>>(
            connection =>
            {
                if (VersionOf(connection, row.Id) is not null)
                    return Failures.Exists("experiment", row.Id);
                if (NameTaken(connection, row) is { } taken)
                    return taken;
                connection.Execute(
                    $"""
                    INSERT INTO experiments ({Columns})
                    VALUES (@Id, @Name, @Definition, @ArtifactLocation, @CreatedAt, @UpdatedAt, @IsDeleted, @Version)
                    """,
                    row);
                return added;
            },
            cancellation);
    }

    public Task<Result<Experiment>> UpdateAsync(Experiment experiment, CancellationToken cancellation = default)
    {
        var row = Row.Of(experiment);
        return database.WriteAsync<Result<Experiment>>(
            connection =>
            {
                var stored = VersionOf(connection, row.Id);
                if (stored != row.Version)
                    return Failures.Stale("experiment", row.Id, row.Version, stored);
                if (NameTaken(connection, row) is { } taken)
                    return taken;
                return connection.Execute(
                    """
                    UPDATE experiments
                    SET name = @Name, definition = @Definition, artifact_location = @ArtifactLocation, created_at = @CreatedAt, updated_at = @UpdatedAt, is_deleted = @IsDeleted,
                        version = version + 1
                    WHERE id = @Id AND version = @Version
                    """,
                    row) == 1
                    ? experiment with { Version = row.Version + 1 }
                    : Failures.Stale("experiment", row.Id, row.Version, VersionOf(connection, row.Id));
            },
            cancellation);
    }

    public Task<Result<Experiment>> GetAsync(string id, CancellationToken cancellation = default) => database.QueryAsync<Result<Experiment>>(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM experiments WHERE id = @id", new { id }) is { } row
            ? row.ToExperiment()
            : Failures.NotFound("experiment", id),
        cancellation);

    public Task<Result<Experiment>> GetByNameAsync(string name, CancellationToken cancellation = default) => database.QueryAsync<Result<Experiment>>(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM experiments WHERE name = @name AND NOT is_deleted", new { name }) is { } row
            ? row.ToExperiment()
            : Error.NotFound($"There is no experiment named '{name}'.", "List the experiments to see which exist."),
        cancellation);

    public Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<Experiment>>(
        connection => [.. connection.Query<Row>($"SELECT {Columns} FROM experiments WHERE NOT is_deleted ORDER BY updated_at DESC, no DESC").Select(row => row.ToExperiment())],
        cancellation);

    private static long? VersionOf(DbConnection connection, string id) => connection.ExecuteScalar<long?>("SELECT version FROM experiments WHERE id = @id", new { id });

    private static Error? NameTaken(DbConnection connection, Row row) =>
        !row.IsDeleted && connection.ExecuteScalar<string?>("SELECT id FROM experiments WHERE name = @Name AND NOT is_deleted AND id <> @Id", row) is { } other
            ? Error.Conflict($"An experiment named '{row.Name}' exists already (id '{other}').", "Choose another name, or open that experiment.")
            : null;

    internal sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        /// <summary>JSON; empty for none.</summary>
        public required string Definition { get; init; }

        public required string ArtifactLocation { get; init; }

        public required long CreatedAt { get; init; }

        public required long UpdatedAt { get; init; }

        public required bool IsDeleted { get; init; }

        public required long Version { get; init; }

        public static Row Of(Experiment experiment) => new()
        {
            Id = experiment.Id,
            Name = experiment.Name,
            Definition = experiment.Definition is { } definition ? DefinitionJson.Write(definition) : "",
            ArtifactLocation = experiment.ArtifactLocation,
            CreatedAt = experiment.CreatedAt.UtcTicks,
            UpdatedAt = experiment.UpdatedAt.UtcTicks,
            IsDeleted = experiment.IsDeleted,
            Version = experiment.Version,
        };

        public Experiment ToExperiment() => new(
            Id, Name, Definition.Length == 0 ? null : DefinitionJson.ReadStored<ExperimentDefinition>(Definition), CreatedAt.ToTime(), UpdatedAt.ToTime(), IsDeleted, Version)
        {
            ArtifactLocation = ArtifactLocation,
        };
    }
}
