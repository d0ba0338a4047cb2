namespace Mtl.Application.Access;

/// <summary>Who asks, as far as is known.</summary>
/// <param name="Name">Account name; empty for someone who has not signed in.</param>
/// <param name="IsAdministrator">May do everything that <paramref name="Cap"/> lets through.</param>
/// <param name="Cap">The most that the credentials allow: a read-only token caps at <see cref="Permission.Read"/>.</param>
/// <param name="Address">Where the request came from, for the audit log.</param>
public sealed record Caller(string Name, bool IsAdministrator, Permission Cap, string Address)
{
    /// <summary>The platform itself: hosted services and commands.</summary>
    public static Caller System { get; } = new("system", IsAdministrator: true, Permission.Manage, "") { By = "system" };

    /// <summary>Whoever asks while nobody is configured and the server listens on loopback only.</summary>
    public static Caller Open { get; } = new("", IsAdministrator: true, Permission.Manage, "") { By = "open" };

    /// <summary>Somebody who has not signed in where that is asked for.</summary>
    public static Caller Anonymous { get; } = new("", IsAdministrator: false, Permission.None, "");

    /// <summary>Whoever can read the server's own secret in its data folder, as the command line on the same machine does.</summary>
    public static Caller Owner { get; } = new("(this machine)", IsAdministrator: true, Permission.Manage, "") { By = "owner" };

    /// <summary>Id of the account; empty for callers without one.</summary>
    public string UserId { get; init; } = "";

    /// <summary>How they came: <c>session</c>, <c>password</c>, <c>token NAME</c>, <c>owner</c>, <c>open</c>, <c>system</c>; empty for nobody.</summary>
    public string By { get; init; } = "";

    /// <summary>The browser's session; empty without one.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>What counts as one for limits: a token, a user, or an address.</summary>
    public string Quota { get; init; } = "";

    /// <summary>Everything is allowed to everyone, as there are no users.</summary>
    public bool IsOpen => By == Open.By;
}
