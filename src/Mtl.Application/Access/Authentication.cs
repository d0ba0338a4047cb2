using System.Collections.Concurrent;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Access;

/// <inheritdoc cref="IAuthentication"/>
internal sealed class Authentication(IUserStore users, ICredentialStore credentials, PasswordSignIn passwords, SignInThrottle throttle, PeopleOptions options, TimeProvider time) : IAuthentication
{
    private const int MostNoted = 10_000;

    private static readonly TimeSpan TokenNotePeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SessionNotePeriod = TimeSpan.FromMinutes(5);

    /// <summary>When the use of a token was last noted, by its hash.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> noted = new();
    private volatile bool hasUsers;

    public async Task<bool> IsOpenAsync(CancellationToken cancellation = default)
    {
        // There is always an administrator once there was one, so that this never turns back.
        hasUsers = hasUsers || await users.IsAnyoneAsync(administrators: false, cancellation);
        return options.IsOpenWithoutUsers && !hasUsers;
    }

    public async Task<Result<Caller>> IdentifyAsync(Credential credential, string address, CancellationToken cancellation = default)
    {
        if (credential is Credential.SystemCredential)
            return Caller.System;
        if (await IsOpenAsync(cancellation))
            return Caller.Open with { Address = address };

        var found = credential switch
        {
            Credential.NoCredential => Caller.Anonymous,
            Credential.SessionId session => await OfSessionAsync(session.Id, cancellation),
            Credential.Token token => await OfTokenAsync(token, address, cancellation),
            Credential.Password password => await OfPasswordAsync(password, address, cancellation),
            _ => Unreadable(address),
        };
        return found.Map(caller => caller with { Address = address, Quota = caller.Quota.Length > 0 ? caller.Quota : QuotaOf(address) });
    }

    /// <summary>What counts as one for limits, of somebody of whom no more than the address is known.</summary>
    internal static string QuotaOf(string address) => $"address {AddressKey.Of(address)}";

    private static Caller Of(User user, Permission cap, string by) => new(user.Name, user.IsAdministrator, cap, "") { UserId = user.Id, By = by, Quota = $"user {user.Id}" };

    private async Task<Result<Caller>> OfSessionAsync(string id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await credentials.FindSessionAsync(id, cancellation) is not var (session, user) || session.ExpiresAt <= now || user.IsDisabled)
            return Caller.Anonymous;
        if (now - session.SeenAt >= SessionNotePeriod)
            await credentials.TouchSessionAsync(id, now, now + options.SessionLifetime, CancellationToken.None);
        return Of(user, Permission.Manage, "session") with { SessionId = id };
    }

    private async Task<Result<Caller>> OfTokenAsync(Credential.Token sent, string address, CancellationToken cancellation)
    {
        var hash = TokenSecret.Hash(sent.Secret);
        if (options.OwnerTokenHash.Length > 0 && hash == options.OwnerTokenHash)
            return Caller.Owner;

        // A token that was right before is looked up all the same, whatever else comes from its address.
        if (!noted.ContainsKey(hash) && throttle.RefuseToken(address) is { } tooMany)
            return tooMany;

        // One answer for every way in which a token can be wrong: it tells nothing of others' tokens.
        if (await credentials.FindTokenAsync(hash, cancellation) is not var (token, user) || user.IsDisabled || token.IsExpired(time.GetUtcNow())
            || (sent.Name is { } name && UserName.Key(name) != UserName.Key(user.Name)))
        {
            throttle.NoteRefused(address);
            return Error.Unauthenticated("The token is not valid: it is wrong, has expired or was taken back.", "Make a new one on the account page.");
        }

        await NoteUseAsync(token);
        return Of(user, token.Scope.Ceiling(), $"token {token.Name}") with { Quota = $"token {token.Id}" };
    }

    private async Task<Result<Caller>> OfPasswordAsync(Credential.Password sent, string address, CancellationToken cancellation)
    {
        var user = await passwords.CheckAsync(sent.Name, sent.Secret, address, cancellation);
        return user.Map(user => Of(user, Permission.Manage, "password"));
    }

    private Error Unreadable(string address)
    {
        throttle.NoteRefused(address);
        return Error.Unauthenticated("The Authorization header is not understood.", "Send 'Bearer TOKEN', or 'Basic' with a user's name and a password or token.");
    }

    private async Task NoteUseAsync(ApiToken token)
    {
        var now = time.GetUtcNow();
        if (noted.TryGetValue(token.Hash, out var last) && now - last < TokenNotePeriod)
            return;
        if (noted.Count >= MostNoted)
            noted.Clear();
        noted[token.Hash] = now;
        await credentials.TouchTokenAsync(token.Id, now, CancellationToken.None);
    }
}
