namespace Mtl.Tracking.People;

/// <summary>A token with which a program acts for a user. The secret itself is not kept.</summary>
/// <param name="Hash"><see cref="TokenSecret.Hash"/> of the secret.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="UsedAt">When it was last used, to the minute; null before.</param>
public sealed record ApiToken(string Id, string UserId, string Name, string Hash, TokenScope Scope, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt)
{
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
