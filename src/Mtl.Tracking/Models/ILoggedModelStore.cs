using Mtl.Core;

namespace Mtl.Tracking.Models;

/// <summary>Logged models. Thread-safe.</summary>
public interface ILoggedModelStore
{
    Task AddAsync(LoggedModel model, CancellationToken cancellation = default);

    Task<Result<LoggedModel>> GetAsync(string id, CancellationToken cancellation = default);

    Task<Result<LoggedModel>> SetStatusAsync(string id, string status, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Adds parameters; one that is there already keeps its value (Invalid when another is given).</summary>
    Task<Result<LoggedModel>> AddParametersAsync(string id, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);
}
