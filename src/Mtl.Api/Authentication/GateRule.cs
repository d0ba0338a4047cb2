using Mtl.Application.Access;

namespace Mtl.Api.Authentication;

/// <summary>On endpoints that are not the application's own: what is asked of a caller before they answer. Without it, that somebody has signed in.</summary>
public sealed record GateRule(Permission Needed, Resource Resource)
{
    public static GateRule SignedIn { get; } = new(Permission.Read, Resource.Platform);

    /// <summary>That they may see what the server as a whole does.</summary>
    public static GateRule Operations { get; } = new(Permission.Read, Resource.Operations);
}
