namespace Mtl.Application.Access;

/// <summary>Who asks, as far as is known.</summary>
/// <param name="Name">Account name; empty for someone who has not signed in.</param>
/// <param name="IsAdministrator">May do everything that <paramref name="Cap"/> lets through.</param>
/// <param name="Cap">The most that the credentials allow: a read-only token caps at <see cref="Permission.Read"/>.</param>
/// <param name="Address">Where the request came from, for the audit log.</param>
public sealed record Caller(string Name, bool IsAdministrator, Permission Cap, string Address)
{
    /// <summary>The platform itself: hosted services and commands.</summary>
    public static Caller System { get; } = new("system", IsAdministrator: true, Permission.Manage, "");

    /// <summary>Whoever asks while nobody is configured and the server listens on loopback only.</summary>
    public static Caller Open { get; } = new("", IsAdministrator: true, Permission.Manage, "");
}
