using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>Checks a name and a password, as often as <see cref="SignInThrottle"/> lets it, and says the same of a wrong name and a wrong password. Thread-safe.</summary>
internal sealed class PasswordSignIn(IUserStore users, ICredentialStore credentials, Passwords passwords, SignInThrottle throttle, TimeProvider time) : IDisposable
{
    private const int Gates = 64;

    /// <summary>One attempt at a time for each name and address, so that guesses sent all at once are counted one by one.</summary>
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The user; Unauthenticated when name or password is wrong, TooMany when it was not looked at.</summary>
    public async Task<Result<User>> CheckAsync(string name, string password, string address, CancellationToken cancellation)
    {
        var key = UserName.Key(name);
        if (await users.FindByNameAsync(name, cancellation) is { IsDisabled: false } remembered && passwords.IsRemembered(remembered, password))
        {
            throttle.NoteRight(key, address);
            return remembered;
        }

        var gate = gates[(uint)HashCode.Combine(key, address) % Gates];
        await gate.WaitAsync(cancellation);
        try
        {
            var user = await users.FindByNameAsync(name, cancellation);
            if (await throttle.RefusePasswordAsync(key, address, () => IsKnownAsync(user?.Id ?? "", address, cancellation)) is { } tooMany)
                return tooMany;
            if (passwords.Verify(user, password) && user is { IsDisabled: false })
                return await TakeAsync(user, address);
            throttle.NoteWrong(key, address);
            return Refused();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var gate in gates)
            gate.Dispose();
    }

    private static Error Refused() => Error.Unauthenticated("The user's name or password is wrong.", "After several wrong ones each makes you wait longer. An administrator can set a new password.");

    /// <summary>Whether somebody is signed in to the account from that address.</summary>
    private async Task<bool> IsKnownAsync(string userId, string address, CancellationToken cancellation) =>
        (await credentials.ListSessionsAsync(userId, cancellation)).Any(session => session.Address == address && session.ExpiresAt > time.GetUtcNow());

    private async Task<Result<User>> TakeAsync(User user, string address)
    {
        throttle.NoteRight(UserName.Key(user.Name), address);
        var written = await users.UpdateAsync(user with { LastSignInAt = time.GetUtcNow() }, CancellationToken.None);
        if (written.IsSuccess || written.Error.Kind != ErrorKind.Conflict)
            return written;

        // Somebody has changed the account at this moment: another sign-in, or an administrator who may have switched it off.
        return await users.FindByNameAsync(user.Name, CancellationToken.None) is { IsDisabled: false } now && now.PasswordHash == user.PasswordHash ? now : Refused();
    }
}
