namespace Mtl.Application.People;

/// <summary>Somebody who has just signed in at a browser.</summary>
/// <param name="SessionId">For the browser's cookie, under the server's signature.</param>
public sealed record SignedIn(string UserId, string Name, string SessionId);
