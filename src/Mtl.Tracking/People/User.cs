namespace Mtl.Tracking.People;

/// <summary>Somebody who may sign in. <see cref="Version"/> counts the writes; a write names the version it replaces.</summary>
/// <param name="Name">As they sign in; unique whatever the case of its letters.</param>
public sealed record User(string Id, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>May do everything, and sees to people and settings.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>Can't sign in, and tokens and sessions are refused, until switched on again.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>As the framework's password hasher writes it; empty for somebody who signs in elsewhere.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>Who they are at the sign-in service, as <c>provider:subject</c>; null for a local account.</summary>
    public string? ExternalId { get; init; }

    public DateTimeOffset? LastSignInAt { get; init; }

    public long Version { get; init; }
}
