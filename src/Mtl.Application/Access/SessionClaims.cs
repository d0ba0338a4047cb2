using System.Net;
using System.Security.Claims;
using Mtl.Application.People;

namespace Mtl.Application.Access;

/// <summary>What a browser's cookie holds, under the server's signature, and what a page's connection keeps of it.</summary>
public static class SessionClaims
{
    /// <summary>Name of the cookie scheme.</summary>
    public const string Scheme = "mtl";

    private const string SessionClaim = "mtl-session";
    private const string AddressClaim = "mtl-address";

    public static ClaimsPrincipal Of(SignedIn signedIn) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, signedIn.UserId), new Claim(ClaimTypes.Name, signedIn.Name), new Claim(SessionClaim, signedIn.SessionId)], Scheme));

    public static string? SessionOf(ClaimsPrincipal user) => user.FindFirst(claim => claim.Type == SessionClaim && claim.Subject?.AuthenticationType == Scheme)?.Value;

    public static ClaimsIdentity OfAddress(IPAddress? address) => new([new Claim(AddressClaim, $"{address}")]);

    public static IPAddress? AddressOf(ClaimsPrincipal user) => IPAddress.TryParse(user.FindFirst(AddressClaim)?.Value, out var address) ? address : null;
}
