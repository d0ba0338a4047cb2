using Mtl.Core;
using Mtl.Core.Signatures;
using Mtl.Tracking.Models;

namespace Mtl.Application.Models;

/// <summary>What a person does with exported models. A version text is a number, <c>latest</c> (the newest that the platform serves), or an alias.</summary>
public interface IModels
{
    /// <summary>All versions, by name, the newest first.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation = default);

    Task<Result<ModelVersion>> GetAsync(string name, string version = "latest", CancellationToken cancellation = default);

    /// <summary>The model exported by a run; NotFound with the reason when there is none yet.</summary>
    Task<Result<ModelVersion>> OfRunAsync(string runId, CancellationToken cancellation = default);

    Task<Result<ModelSignature>> SignatureAsync(string name, string version = "latest", CancellationToken cancellation = default);

    /// <summary>The <c>.onnx</c> file.</summary>
    Task<Result<Stream>> OpenAsync(string name, string version = "latest", CancellationToken cancellation = default);

    Task<Result<string>> SetAliasAsync(string name, string alias, int? version, CancellationToken cancellation = default);

    Task<IReadOnlyDictionary<string, int>> AliasesAsync(string name, CancellationToken cancellation = default);
}
