using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>How people sign in, and what is allowed where nothing else is said.</summary>
public sealed record PeopleOptions
{
    /// <summary>Whether everything is allowed to everyone while there is no user: so on the loopback address, never elsewhere.</summary>
    public bool IsOpenWithoutUsers { get; init; } = true;

    /// <summary>What people may do with a thing on which nobody has given them, their teams or everyone anything.</summary>
    public Permission DefaultPermission { get; init; } = Permission.Read;

    public SignInLimits SignIn { get; init; } = new();

    /// <summary>How long a browser stays signed in after its last request.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How old what is known of a caller may become before it is looked up again, where one connection lives long, as a page's does.</summary>
    public TimeSpan CallerFreshness { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it is looked at whether somebody who follows a run may still do so.</summary>
    public TimeSpan StreamCheckPeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><see cref="TokenSecret.Hash"/> of the secret that the server's own machine uses (<c>owner.token</c> in the data folder); empty for none.</summary>
    public string OwnerTokenHash { get; init; } = "";

    /// <summary>Requests per second that one token, user or address may send for long.</summary>
    public int RequestsPerSecond { get; init; } = 2000;

    /// <summary>Requests that one may send at once after a pause.</summary>
    public int RequestBurst { get; init; } = 10_000;
}
