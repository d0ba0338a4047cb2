using Mtl.Core;

namespace Mtl.Tracking.Models;

/// <summary>Registered models. Thread-safe.</summary>
public interface IModelStore
{
    /// <summary>Adds the next version of its name (the given Version is ignored) and gives it back; a run registered already gives back the version it has.</summary>
    Task<ModelVersion> AddAsync(ModelVersion version, CancellationToken cancellation = default);

    Task<Result<ModelVersion>> GetAsync(string name, int version, CancellationToken cancellation = default);

    /// <summary>The version that the platform's export of a run was registered as; null when there is none.</summary>
    Task<ModelVersion?> ExportOfAsync(string runId, CancellationToken cancellation = default);

    /// <summary>The versions of one name (of all names when null), by name, the newest first.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAsync(string? name = null, CancellationToken cancellation = default);

    /// <summary>Points an alias (<c>production</c>) of the model at a version; null takes the alias away.</summary>
    Task<Result<bool>> SetAliasAsync(string name, string alias, int? version, CancellationToken cancellation = default);

    /// <summary>Alias → version.</summary>
    Task<IReadOnlyDictionary<string, int>> AliasesAsync(string name, CancellationToken cancellation = default);
}
