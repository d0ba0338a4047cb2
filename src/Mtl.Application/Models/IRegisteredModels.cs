using Mtl.Core;
using Mtl.Tracking.Models;

namespace Mtl.Application.Models;

/// <summary>Registered models as people look at them: those that the platform exported and those that clients registered.</summary>
public interface IRegisteredModels
{
    /// <summary>Those that the caller may read, by name.</summary>
    /// <param name="find">A part of the name, upper and lower case the same; empty for all.</param>
    /// <param name="token">Of the page before; null for the first.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<Result<RegisteredModelPage>> ListAsync(string find = "", string? token = null, CancellationToken cancellation = default);

    Task<Result<RegisteredModelView>> GetAsync(string name, CancellationToken cancellation = default);

    /// <summary>Puts a version into one of <see cref="Stages"/>.</summary>
    Task<Result<string>> SetStageAsync(string name, int version, string stage, CancellationToken cancellation = default);

    static IReadOnlyList<string> Stages { get; } = ["None", "Staging", "Production", "Archived"];
}

/// <summary>A page of models.</summary>
/// <param name="NextToken">Null on the last page.</param>
public sealed record RegisteredModelPage(IReadOnlyList<RegisteredModelRow> Models, string? NextToken);

/// <summary>A model in a list.</summary>
/// <param name="Latest">Its newest version; null while it has none.</param>
public sealed record RegisteredModelRow(RegisteredModel Model, ModelVersion? Latest, int Versions, IReadOnlyDictionary<string, int> Aliases);

/// <summary>A model with its versions, the newest first.</summary>
/// <param name="VersionTags">By version number.</param>
public sealed record RegisteredModelView(
    RegisteredModel Model, IReadOnlyList<ModelVersion> Versions, IReadOnlyDictionary<string, int> Aliases, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> VersionTags);
