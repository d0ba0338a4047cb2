using Mtl.Core;

namespace Mtl.Tracking.Models;

/// <summary>What people and clients do with registered models beyond what <see cref="IModelStore"/> needs for exports. Thread-safe. Removing takes tags and aliases along.</summary>
public interface IModelRegistry
{
    /// <summary>Conflict when the name is taken.</summary>
    Task<Result<RegisteredModel>> AddModelAsync(RegisteredModel model, CancellationToken cancellation = default);

    Task<Result<RegisteredModel>> GetModelAsync(string name, CancellationToken cancellation = default);

    Task<Result<RegisteredModel>> DescribeModelAsync(string name, string description, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Renames it with its versions, aliases and tags; Conflict when the new name is taken.</summary>
    Task<Result<RegisteredModel>> RenameModelAsync(string name, string newName, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Removes it with all its versions.</summary>
    Task<Result<bool>> RemoveModelAsync(string name, CancellationToken cancellation = default);

    /// <summary>Adds the next version of its name (the given Version is ignored), always a new one; NotFound when the model is not there. A number is never given twice, also not after its removal.</summary>
    Task<Result<ModelVersion>> AddVersionAsync(ModelVersion version, CancellationToken cancellation = default);

    /// <summary>Writes description, stage and source; the last write counts.</summary>
    Task<Result<ModelVersion>> UpdateVersionAsync(ModelVersion version, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveVersionAsync(string name, int version, CancellationToken cancellation = default);
}
