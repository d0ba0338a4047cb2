namespace Mtl.Api.Tests.Security;

/// <summary>What a route is for, and so what it answers to whom.</summary>
public enum RouteKind
{
    /// <summary>Answers everybody.</summary>
    Public,

    /// <summary>Asks for a proof of its own, whoever comes.</summary>
    Proven,

    /// <summary>Answers everybody who has signed in, with what they may see.</summary>
    SignedIn,

    /// <summary>A page for everybody who has signed in; a browser without is sent to the sign-in.</summary>
    Page,

    /// <summary>Shows one of ada's things.</summary>
    Reads,

    /// <summary>A page that shows one of ada's things.</summary>
    ReadsPage,

    /// <summary>Changes one of ada's things.</summary>
    Edits,

    /// <summary>Makes or changes something of the caller's own: not with a token that may only read.</summary>
    Makes,

    /// <summary>For administrators.</summary>
    Administers,

    /// <summary>A page for administrators.</summary>
    AdministersPage,
}

/// <summary>The decision for one route.</summary>
/// <param name="Path">An address of the route that names ada's things.</param>
/// <param name="Json">The body to send; null for none.</param>
/// <param name="IsThere">Whether its owner is answered with something, as opposed to that there is nothing (yet).</param>
public sealed record RouteRow(RouteKind Kind, string Path, string? Json = null, bool IsThere = true);
