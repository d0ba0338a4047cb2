using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>What people do with their own accounts.</summary>
public interface IAccounts
{
    /// <summary>Whether the first administrator can be set up by the caller: nobody exists, and they are at the server's own machine.</summary>
    Task<bool> CanSetUpAsync(CancellationToken cancellation = default);

    /// <summary>Makes the first administrator and signs them in; Forbidden from another machine, Conflict once somebody exists.</summary>
    Task<Result<SignedIn>> SetUpAsync(string name, string password, CancellationToken cancellation = default);

    /// <summary>Unauthenticated for a wrong name or password, in the same words; TooMany when no password is looked at for a while, whether or not there is such an account.</summary>
    Task<Result<SignedIn>> SignInAsync(string name, string password, CancellationToken cancellation = default);

    /// <summary>Signs in somebody whom a sign-in service has vouched for. The first time an account is made of their name, if <paramref name="makesAccounts"/>; one that exists is not taken over.</summary>
    /// <param name="provider">The service's name.</param>
    /// <param name="subject">Their id there.</param>
    /// <param name="name">The name that it gives them.</param>
    Task<Result<SignedIn>> SignInExternalAsync(string provider, string subject, string name, bool makesAccounts, CancellationToken cancellation = default);

    /// <summary>Ends the caller's session; its cookie is worth nothing afterwards.</summary>
    Task SignOutAsync(CancellationToken cancellation = default);

    Task<Result<Account>> GetAsync(CancellationToken cancellation = default);

    /// <summary>Ends all other sessions as well.</summary>
    Task<Result<bool>> ChangePasswordAsync(string current, string replacement, CancellationToken cancellation = default);

    /// <summary>Makes a token; its scope can't exceed that of the credential that asks.</summary>
    /// <param name="days">How long it lasts; null for as long as nobody takes it back.</param>
    Task<Result<NewToken>> CreateTokenAsync(string name, TokenScope scope, int? days, CancellationToken cancellation = default);

    Task<Result<bool>> RevokeTokenAsync(string id, CancellationToken cancellation = default);

    /// <summary>Ends all of the caller's sessions but the one that asks.</summary>
    Task<Result<bool>> EndOtherSessionsAsync(CancellationToken cancellation = default);
}
