using System.Security.Cryptography;
using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <inheritdoc cref="IAccounts"/>
internal sealed class AccountService(
    CallerContext context, IAuthentication authentication, IAuditTrail audit, IUserStore users, ITeamStore teams, ICredentialStore credentials,
    PasswordSignIn signIn, Passwords passwords, PeopleOptions options, TimeProvider time) : IAccounts
{
    private const int LongestTokenName = 64;
    private const int MostDays = 3650;

    public async Task<bool> CanSetUpAsync(CancellationToken cancellation = default) => context.IsLocal && await authentication.IsOpenAsync(cancellation);

    public async Task<Result<SignedIn>> SetUpAsync(string name, string password, CancellationToken cancellation = default)
    {
        if (!context.IsLocal)
            return Error.Forbidden("The first administrator is set up from the server's own machine only.", "Open this page there, or use 'mtl admin create NAME'.");

        var user = UserMaker.Make(name, password, isAdministrator: true, passwords, time.GetUtcNow());
        var added = user.IsSuccess ? await users.AddFirstAsync(user.Value with { LastSignInAt = time.GetUtcNow() }, cancellation) : user.Error;
        if (!added.IsSuccess)
            return added.Error;
        await audit.NoteOfAsync(added.Value.Id, added.Value.Name, "account.set-up", "first administrator");
        return await BeginAsync(added.Value);
    }

    public async Task<Result<SignedIn>> SignInAsync(string name, string password, CancellationToken cancellation = default)
    {
        var user = await signIn.CheckAsync(name, password, context.Caller.Address, cancellation);

        // What was not looked at is not noted: whoever guesses on must not fill the log.
        if (user.Error?.Kind == ErrorKind.TooMany)
            return user.Error;
        await audit.NoteOfAsync(user.IsSuccess ? user.Value.Id : "", user.IsSuccess ? user.Value.Name : name, user.IsSuccess ? "account.sign-in" : "account.sign-in-refused");
        return user.IsSuccess ? await BeginAsync(user.Value) : user.Error;
    }

    public async Task<Result<SignedIn>> SignInExternalAsync(string provider, string subject, string name, bool makesAccounts, CancellationToken cancellation = default)
    {
        var user = await ExternalUserAsync(provider, subject, name, makesAccounts, cancellation);
        await audit.NoteOfAsync(user.IsSuccess ? user.Value.Id : "", user.IsSuccess ? user.Value.Name : name, user.IsSuccess ? "account.sign-in" : "account.sign-in-refused", $"by {provider}");
        if (!user.IsSuccess)
            return user.Error;
        var written = await users.UpdateAsync(user.Value with { LastSignInAt = time.GetUtcNow() }, CancellationToken.None);
        return written.IsSuccess ? await BeginAsync(written.Value) : written.Error;
    }

    public async Task SignOutAsync(CancellationToken cancellation = default)
    {
        if (context.Caller.SessionId.Length == 0)
            return;
        await credentials.RemoveSessionAsync(context.Caller.SessionId, CancellationToken.None);
        await audit.NoteAsync("account.sign-out");
    }

    public async Task<Result<Account>> GetAsync(CancellationToken cancellation = default)
    {
        var self = await SelfAsync(cancellation);
        if (!self.IsSuccess)
            return self.Error;

        var user = self.Value;
        var now = time.GetUtcNow();
        return new Account(
            user.Name,
            user.IsAdministrator,
            user.PasswordHash.Length > 0,
            user.LastSignInAt,
            [.. (await teams.ListAsync(cancellation)).Where(team => team.Members.Contains(user.Id)).Select(team => team.Name)],
            [.. (await credentials.ListTokensAsync(user.Id, cancellation)).Select(token => SummaryOf(token, now))],
            [.. (await credentials.ListSessionsAsync(user.Id, cancellation)).Where(session => session.ExpiresAt > now)],
            context.Caller.SessionId);
    }

    public async Task<Result<bool>> ChangePasswordAsync(string current, string replacement, CancellationToken cancellation = default)
    {
        var self = await SelfAsync(cancellation);
        if (!self.IsSuccess)
            return self.Error;
        if (context.Caller.Cap < Permission.Manage)
            return Refusals.Capped(context.Caller, Permission.Manage);
        var known = await signIn.CheckAsync(self.Value.Name, current, context.Caller.Address, cancellation);
        if (known.Error?.Kind == ErrorKind.TooMany)
            return known.Error;
        if (!known.IsSuccess)
            return Error.Invalid("The current password is wrong.", field: "current");
        if (PasswordRules.Check(known.Value.Name, replacement, "replacement") is { } weak)
            return weak;

        var written = await users.UpdateAsync(known.Value with { PasswordHash = passwords.Hash(known.Value, replacement) }, cancellation);
        if (!written.IsSuccess)
            return written.Error;
        await credentials.RemoveSessionsAsync(self.Value.Id, context.Caller.SessionId, CancellationToken.None);
        await audit.NoteAsync("account.password", detail: "own password changed");
        return true;
    }

    public async Task<Result<NewToken>> CreateTokenAsync(string name, TokenScope scope, int? days, CancellationToken cancellation = default)
    {
        var self = await SelfAsync(cancellation);
        if (!self.IsSuccess)
            return self.Error;
        if (scope.Ceiling() > context.Caller.Cap)
            return Refusals.Capped(context.Caller, scope.Ceiling());
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > LongestTokenName || trimmed.Any(char.IsControl))
            return Error.Invalid($"A token's name must have 1 to {LongestTokenName} characters and no control characters.", "Name what will use it.", "name");
        if (days is < 1 or > MostDays)
            return Error.Invalid($"A token can last 1 to {MostDays} days, not {days}.", field: "days");

        var now = time.GetUtcNow();
        var secret = TokenSecret.New();
        var token = new ApiToken(Guid.CreateVersion7(now).ToString("N"), self.Value.Id, trimmed, TokenSecret.Hash(secret), scope, now, days is { } some ? now.AddDays(some) : null, null);
        await credentials.AddTokenAsync(token, cancellation);
        await audit.NoteAsync("token.create", detail: $"'{trimmed}', scope {scope.ToString().ToLowerInvariant()}, {(token.ExpiresAt is { } end ? $"until {end:yyyy-MM-dd}" : "without an end")}");
        return new NewToken(SummaryOf(token, now), secret);
    }

    public async Task<Result<bool>> RevokeTokenAsync(string id, CancellationToken cancellation = default)
    {
        var self = await SelfAsync(cancellation);
        if (!self.IsSuccess)
            return self.Error;
        if (context.Caller.Cap < Permission.Edit)
            return Refusals.Capped(context.Caller, Permission.Edit);
        var name = (await credentials.ListTokensAsync(self.Value.Id, cancellation)).FirstOrDefault(token => token.Id == id)?.Name;
        var removed = await credentials.RemoveTokenAsync(self.Value.Id, id, cancellation);
        if (removed.IsSuccess)
            await audit.NoteAsync("token.revoke", detail: $"'{name}'");
        return removed;
    }

    public async Task<Result<bool>> EndOtherSessionsAsync(CancellationToken cancellation = default)
    {
        var self = await SelfAsync(cancellation);
        if (!self.IsSuccess)
            return self.Error;
        if (context.Caller.Cap < Permission.Edit)
            return Refusals.Capped(context.Caller, Permission.Edit);
        await credentials.RemoveSessionsAsync(self.Value.Id, context.Caller.SessionId, cancellation);
        await audit.NoteAsync("account.end-sessions");
        return true;
    }

    private static TokenSummary SummaryOf(ApiToken token, DateTimeOffset now) => new(token.Id, token.Name, token.Scope, token.CreatedAt, token.ExpiresAt, token.UsedAt, token.IsExpired(now));

    /// <summary>The caller's account; an error for nobody, and for callers without one.</summary>
    private async Task<Result<User>> SelfAsync(CancellationToken cancellation)
    {
        var caller = await context.FreshAsync(cancellation);
        if (caller.Cap == Permission.None)
            return Refusals.SignIn();
        return caller.UserId.Length == 0
            ? Error.Conflict(caller.IsOpen ? "There are no accounts on this server yet." : "The server's own machine has no account.", "An administrator sets the first one up at /setup, or with 'mtl admin create NAME'.")
            : await users.GetAsync(caller.UserId, cancellation);
    }

    private async Task<Result<User>> ExternalUserAsync(string provider, string subject, string name, bool makesAccounts, CancellationToken cancellation)
    {
        var externalId = $"{provider}:{subject}";
        if (await users.FindByExternalIdAsync(externalId, cancellation) is { } known)
            return known.IsDisabled ? Error.Forbidden("This account has been switched off.", "Ask an administrator.") : known;
        if (!makesAccounts || await authentication.IsOpenAsync(cancellation))
            return Error.Forbidden($"{provider} knows you, but there is no account for you here.", "Ask an administrator for one.");
        return (await UserName.Check(name).Match(
            async checkedName => await users.AddAsync(new User(UserMaker.NewId(time.GetUtcNow()), checkedName, time.GetUtcNow()) { ExternalId = externalId }, cancellation),
            error => Task.FromResult<Result<User>>(error)));
    }

    private async Task<SignedIn> BeginAsync(User user)
    {
        var now = time.GetUtcNow();
        await credentials.RemoveExpiredSessionsAsync(now, CancellationToken.None);
        var session = new Session(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), user.Id, now, now, now + options.SessionLifetime, context.Caller.Address);
        await credentials.AddSessionAsync(session, CancellationToken.None);
        return new SignedIn(user.Id, user.Name, session.Id);
    }
}
