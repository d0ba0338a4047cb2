using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational;

internal sealed class ModelRegistry(IDatabase database) : IModelRegistry
{
    public Task<Result<RegisteredModel>> AddModelAsync(RegisteredModel model, CancellationToken cancellation = default) => database.WriteAsync<Result<RegisteredModel>>(
        connection =>
        {
            if (FindModel(connection, model.Name) is not null)
                return Taken(model.Name);
            connection.Execute(
                "INSERT INTO registered_models (name, description, created_at, updated_at, last_version) VALUES (@Name, @Description, @CreatedAt, @UpdatedAt, 0)",
                new { model.Name, model.Description, CreatedAt = model.CreatedAt.UtcTicks, UpdatedAt = model.UpdatedAt.UtcTicks });
            return model;
        },
        cancellation);

    public Task<Result<RegisteredModel>> GetModelAsync(string name, CancellationToken cancellation = default) =>
        database.ReadAsync(connection => Model(connection, name), cancellation);

    public Task<Result<RegisteredModel>> DescribeModelAsync(string name, string description, DateTimeOffset now, CancellationToken cancellation = default) =>
        database.WriteAsync(
            connection =>
            {
                connection.Execute("UPDATE registered_models SET description = @description, updated_at = @at WHERE name = @name", new { name, description, at = now.UtcTicks });
                return Model(connection, name);
            },
            cancellation);

    public Task<Result<RegisteredModel>> RenameModelAsync(string name, string newName, DateTimeOffset now, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            if (newName != name && FindModel(connection, newName) is not null)
                return Taken(newName);

            // Versions and their aliases follow by foreign key; tags know their owner by its name.
            var arguments = new { name, newName, at = now.UtcTicks, prefix = name.Length + 1, model = $"{TagOwnerKind.RegisteredModel}", version = $"{TagOwnerKind.ModelVersion}" };
            if (connection.Execute("UPDATE registered_models SET name = @newName, updated_at = @at WHERE name = @name", arguments) == 0)
                return Failures.NotFound("registered model", name);
            connection.Execute("UPDATE tags SET owner_id = @newName WHERE kind = @model AND owner_id = @name", arguments);
            foreach (var number in connection.Query<int>("SELECT version FROM model_versions WHERE name = @newName", arguments).AsList())
            {
                connection.Execute(
                    "UPDATE tags SET owner_id = @to WHERE kind = @version AND owner_id = @from",
                    new { arguments.version, from = TagOwner.ModelVersion(name, number).Id, to = TagOwner.ModelVersion(newName, number).Id });
            }

            return Model(connection, newName);
        },
        cancellation);

    public Task<Result<bool>> RemoveModelAsync(string name, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection =>
        {
            foreach (var version in connection.Query<int>("SELECT version FROM model_versions WHERE name = @name", new { name }).AsList())
                RemoveVersion(connection, name, version);
            TagStore.Remove(connection, TagOwner.RegisteredModel(name));
            return connection.Execute("DELETE FROM registered_models WHERE name = @name", new { name }) == 1 ? true : Failures.NotFound("registered model", name);
        },
        cancellation);

    public Task<Result<ModelVersion>> AddVersionAsync(ModelVersion version, CancellationToken cancellation = default) => database.WriteAsync<Result<ModelVersion>>(
        connection => AddVersion(connection, version) is { } added ? added : Failures.NotFound("registered model", version.Name),
        cancellation);

    public Task<Result<ModelVersion>> UpdateVersionAsync(ModelVersion version, CancellationToken cancellation = default) => database.WriteAsync<Result<ModelVersion>>(
        connection =>
        {
            var row = ModelVersionRow.Of(version);
            connection.Execute(
                """
                UPDATE model_versions SET description = @Description, stage = @Stage, source = @Source, updated_at = @UpdatedAt WHERE name = @Name AND version = @Version
                """,
                row);
            return FindVersion(connection, version.Name, version.Version) is { } stored ? stored : NoSuchVersion(version.Name, version.Version);
        },
        cancellation);

    public Task<Result<bool>> RemoveVersionAsync(string name, int version, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection => RemoveVersion(connection, name, version) ? true : NoSuchVersion(name, version),
        cancellation);

    /// <summary>Gives a version the next number of its name and adds it, within the caller's transaction; null when there is no model of that name.</summary>
    public static ModelVersion? AddVersion(DbConnection connection, ModelVersion version)
    {
        // The row of the model is locked until the transaction ends, so nobody else gets the same number.
        var number = connection.ExecuteScalar<int?>(
            "UPDATE registered_models SET last_version = last_version + 1, updated_at = @at WHERE name = @Name RETURNING last_version", new { version.Name, at = version.CreatedAt.UtcTicks });
        if (number is null)
            return null;
        var added = version with { Version = number.Value };
        connection.Execute(ModelVersionRow.Insert, ModelVersionRow.Of(added));
        return added;
    }

    public static ModelVersion? FindVersion(DbConnection connection, string name, int version) => connection.QuerySingleOrDefault<ModelVersionRow>(
        $"SELECT {ModelVersionRow.Columns} FROM model_versions WHERE name = @name AND version = @version", new { name, version })?.ToModelVersion();

    public static Error NoSuchVersion(string name, int version) =>
        Error.NotFound($"The model '{name}' has no version {version}.", "List the model's versions to see which exist.");

    private static bool RemoveVersion(DbConnection connection, string name, int version)
    {
        TagStore.Remove(connection, TagOwner.ModelVersion(name, version));
        connection.Execute("DELETE FROM model_aliases WHERE name = @name AND version = @version", new { name, version });
        return connection.Execute("DELETE FROM model_versions WHERE name = @name AND version = @version", new { name, version }) == 1;
    }

    private static Result<RegisteredModel> Model(DbConnection connection, string name) =>
        FindModel(connection, name) is { } model ? model : Failures.NotFound("registered model", name);

    private static RegisteredModel? FindModel(DbConnection connection, string name) =>
        connection.QuerySingleOrDefault<RegisteredModelRow>($"SELECT {RegisteredModelRow.Columns} FROM registered_models WHERE name = @name", new { name })?.ToModel();

    private static Error Taken(string name) => Error.Conflict($"A registered model named '{name}' exists already.", "Choose another name, or add a version to that model.");
}

/// <summary>A registered model as its table holds it.</summary>
internal sealed class RegisteredModelRow
{
    public const string Columns = "name, description, created_at, updated_at";

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public RegisteredModel ToModel() => new(Name, Description, CreatedAt.ToTime(), UpdatedAt.ToTime());
}
