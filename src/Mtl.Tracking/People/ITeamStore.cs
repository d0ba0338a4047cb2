using Mtl.Core;

namespace Mtl.Tracking.People;

/// <summary>Teams. Thread-safe. A store that can't be reached throws; what the data forbid is an <see cref="Error"/>.</summary>
public interface ITeamStore
{
    /// <summary>Adds a team with its members; Conflict when the name is taken, NotFound for an unknown member.</summary>
    Task<Result<Team>> AddAsync(Team team, CancellationToken cancellation = default);

    /// <summary>Replaces name and members.</summary>
    Task<Result<Team>> UpdateAsync(Team team, CancellationToken cancellation = default);

    /// <summary>Removes a team with its grants.</summary>
    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<Team>> ListAsync(CancellationToken cancellation = default);
}
