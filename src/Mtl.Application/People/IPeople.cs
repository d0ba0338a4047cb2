using Mtl.Core;

namespace Mtl.Application.People;

/// <summary>What administrators do with users and teams. All of it is refused to others.</summary>
public interface IPeople
{
    /// <summary>By name.</summary>
    Task<Result<IReadOnlyList<UserSummary>>> ListAsync(CancellationToken cancellation = default);

    Task<Result<UserSummary>> GetAsync(string name, CancellationToken cancellation = default);

    /// <summary>Adds a user; the first one must be an administrator.</summary>
    Task<Result<UserSummary>> CreateAsync(string name, string password, bool isAdministrator, CancellationToken cancellation = default);

    /// <summary>Sets a new password, ends the user's sessions and lifts a lock.</summary>
    Task<Result<bool>> ResetPasswordAsync(string name, string password, CancellationToken cancellation = default);

    /// <summary>Makes somebody an administrator, or takes that away; there must remain one.</summary>
    Task<Result<bool>> SetAdministratorAsync(string name, bool isAdministrator, CancellationToken cancellation = default);

    /// <summary>Switches an account off (its sessions end at once, its tokens are refused) or on again; an administrator must remain.</summary>
    Task<Result<bool>> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellation = default);

    /// <summary>Removes a user with sessions, tokens and permissions; an administrator must remain.</summary>
    Task<Result<bool>> RemoveAsync(string name, CancellationToken cancellation = default);

    /// <summary>By name.</summary>
    Task<Result<IReadOnlyList<TeamSummary>>> TeamsAsync(CancellationToken cancellation = default);

    /// <summary>Adds a team, or replaces the members of the one of that name.</summary>
    /// <param name="members">Names of users.</param>
    Task<Result<TeamSummary>> SaveTeamAsync(string name, IReadOnlyList<string> members, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveTeamAsync(string name, CancellationToken cancellation = default);
}

/// <summary>A user as administrators see them.</summary>
/// <param name="IsGuarded">There were so many wrong passwords of late that one is looked at only from addresses where the account has been signed in before.</param>
/// <param name="SignsInElsewhere">By a sign-in service, without a password here.</param>
/// <param name="Teams">Names of their teams.</param>
public sealed record UserSummary(
    string Id, string Name, bool IsAdministrator, bool IsDisabled, bool IsGuarded, bool SignsInElsewhere, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, IReadOnlyList<string> Teams);

/// <summary>A team.</summary>
/// <param name="Members">Names of users.</param>
public sealed record TeamSummary(string Id, string Name, IReadOnlyList<string> Members);
