using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Application.Experiments;

/// <summary>An experiment by itself, without its runs, of which there may be very many.</summary>
public interface IExperimentHeaders
{
    Task<Result<ExperimentHeader>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>Gives an experiment another name, whoever trains its runs; gives back its id.</summary>
    Task<Result<string>> RenameAsync(string id, string name, CancellationToken cancellation = default);
}

/// <summary>What an experiment is.</summary>
/// <param name="Definition">Null for an experiment that clients only log to.</param>
public sealed record ExperimentHeader(string Id, string Name, ExperimentDefinition? Definition, bool IsDeleted);
