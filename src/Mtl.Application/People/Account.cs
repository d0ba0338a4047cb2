using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>The caller's own account.</summary>
/// <param name="HasPassword">False for somebody who signs in elsewhere.</param>
/// <param name="Teams">Names of their teams.</param>
/// <param name="SessionId">The session that asks; empty when none does.</param>
public sealed record Account(
    string Name, bool IsAdministrator, bool HasPassword, DateTimeOffset? LastSignInAt, IReadOnlyList<string> Teams, IReadOnlyList<TokenSummary> Tokens, IReadOnlyList<Session> Sessions, string SessionId);

/// <summary>A token as its owner sees it: all but the secret.</summary>
public sealed record TokenSummary(string Id, string Name, TokenScope Scope, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt, bool IsExpired);

/// <summary>A token just made. Its secret is shown this once.</summary>
public sealed record NewToken(TokenSummary Token, string Secret);
