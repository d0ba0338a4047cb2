using Mtl.Core;

namespace Mtl.Application.Retention;

/// <summary>Removing for good what was deleted.</summary>
public interface IRetention
{
    /// <summary>Removes what was deleted at least <paramref name="days"/> days ago (the server's own number when null); an administrator's right.</summary>
    Task<Result<Removal>> RemoveAsync(int? days, CancellationToken cancellation = default);
}

/// <summary>What was removed.</summary>
/// <param name="Kept">Runs whose time has run out but whose files a registered model version needs.</param>
public sealed record Removal(int Runs, int LoggedModels, int Experiments, int Kept);
