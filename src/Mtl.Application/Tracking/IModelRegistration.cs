using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tracking;

/// <summary>What clients do with registered models and their versions.</summary>
public interface IModelRegistration
{
    /// <summary>Conflict when the name is taken.</summary>
    Task<Result<RegisteredModelDetails>> CreateAsync(string name, string description, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    Task<Result<RegisteredModelDetails>> GetAsync(string name, CancellationToken cancellation = default);

    Task<Result<RegisteredModelDetails>> RenameAsync(string name, string newName, CancellationToken cancellation = default);

    Task<Result<RegisteredModelDetails>> DescribeAsync(string name, string description, CancellationToken cancellation = default);

    /// <summary>With all its versions.</summary>
    Task<Result<string>> DeleteAsync(string name, CancellationToken cancellation = default);

    Task<Result<Page<RegisteredModelDetails>>> SearchAsync(SearchRequest request, CancellationToken cancellation = default);

    Task<Result<string>> SetTagAsync(string name, string key, string value, CancellationToken cancellation = default);

    Task<Result<string>> DeleteTagAsync(string name, string key, CancellationToken cancellation = default);

    Task<Result<string>> SetAliasAsync(string name, string alias, int version, CancellationToken cancellation = default);

    /// <summary>No error when there is no such alias.</summary>
    Task<Result<string>> DeleteAliasAsync(string name, string alias, CancellationToken cancellation = default);

    /// <summary>The newest version of each of the stages (of all when empty).</summary>
    Task<Result<IReadOnlyList<VersionDetails>>> LatestAsync(string name, IReadOnlyList<string> stages, CancellationToken cancellation = default);

    Task<Result<VersionDetails>> CreateVersionAsync(NewVersion version, CancellationToken cancellation = default);

    Task<Result<VersionDetails>> GetVersionAsync(string name, int version, CancellationToken cancellation = default);

    Task<Result<VersionDetails>> GetByAliasAsync(string name, string alias, CancellationToken cancellation = default);

    Task<Result<VersionDetails>> DescribeVersionAsync(string name, int version, string description, CancellationToken cancellation = default);

    /// <param name="name">The model.</param>
    /// <param name="version">Its version.</param>
    /// <param name="stage"><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>, in any case.</param>
    /// <param name="archivesOthers">The versions that are in the stage so far are archived.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<Result<VersionDetails>> MoveAsync(string name, int version, string stage, bool archivesOthers, CancellationToken cancellation = default);

    Task<Result<string>> DeleteVersionAsync(string name, int version, CancellationToken cancellation = default);

    Task<Result<Page<VersionDetails>>> SearchVersionsAsync(SearchRequest request, CancellationToken cancellation = default);

    /// <summary>Where the version's files are.</summary>
    Task<Result<string>> DownloadUriAsync(string name, int version, CancellationToken cancellation = default);

    Task<Result<string>> SetVersionTagAsync(string name, int version, string key, string value, CancellationToken cancellation = default);

    Task<Result<string>> DeleteVersionTagAsync(string name, int version, string key, CancellationToken cancellation = default);
}

/// <summary>A registered model with all that belongs to it.</summary>
/// <param name="Latest">The newest version of each stage.</param>
/// <param name="Aliases">Alias → version.</param>
public sealed record RegisteredModelDetails(
    RegisteredModel Model, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, int> Aliases, IReadOnlyList<VersionDetails> Latest);

/// <summary>A version with all that belongs to it.</summary>
/// <param name="Source">Where its files are, as its client said or as the platform exports them.</param>
public sealed record VersionDetails(ModelVersion Version, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Aliases, string Source);

/// <summary>A version that a client registers.</summary>
public sealed record NewVersion(string Name, string Source, string RunId, string RunLink, string ModelId, string Description, IReadOnlyDictionary<string, string> Tags);
