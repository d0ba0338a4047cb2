using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>Checks a name and a password, counts the wrong ones, and says the same of a wrong name, a wrong password and a locked account. Thread-safe.</summary>
internal sealed class PasswordSignIn(IUserStore users, Passwords passwords, PeopleOptions options, TimeProvider time) : IDisposable
{
    private const int Gates = 64;

    /// <summary>One attempt at a time for each name, so that guesses sent all at once are counted one by one.</summary>
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];

    public async Task<Result<User>> CheckAsync(string name, string password, CancellationToken cancellation)
    {
        if (await users.FindByNameAsync(name, cancellation) is { IsDisabled: false } remembered && !Lockout.IsLocked(remembered, time.GetUtcNow()) && passwords.IsRemembered(remembered, password))
            return remembered;

        var gate = gates[(uint)UserName.Key(name).GetHashCode(StringComparison.Ordinal) % Gates];
        await gate.WaitAsync(cancellation);
        try
        {
            var user = await users.FindByNameAsync(name, cancellation);
            var isRight = passwords.Verify(user, password);
            if (user is null || user.IsDisabled || Lockout.IsLocked(user, time.GetUtcNow()))
                return Refused();

            var after = isRight ? Lockout.AfterSuccess(user, time.GetUtcNow()) : options.Lockout.AfterFailure(user, time.GetUtcNow());
            var written = await users.UpdateAsync(after, CancellationToken.None);
            return isRight && written.IsSuccess ? written.Value : isRight ? written.Error! : Refused();
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

    private Error Refused() => Error.Unauthenticated(
        "The user's name or password is wrong, or there were too many wrong ones.",
        $"After {options.Lockout.MaximumFailures} wrong passwords none is looked at for {options.Lockout.Period.TotalMinutes:0} minutes. An administrator can set a new password.");
}
