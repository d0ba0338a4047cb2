namespace Mtl.Tracking.People;

/// <summary>A browser that has signed in. Its cookie names the session; the session is what can be taken back.</summary>
/// <param name="Address">Where it signed in from.</param>
public sealed record Session(string Id, string UserId, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string Address);
