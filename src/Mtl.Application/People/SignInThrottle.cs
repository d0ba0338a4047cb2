using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>
/// Makes guessing slow without shutting anybody out: whoever is wrong about an account waits longer each time, at their address alone; guesses at one account from many addresses leave those
/// where it is known. It knows names as they are sent, whether there is an account or not, so its answers tell nothing of that. In this process; it forgets when the process ends. Thread-safe.
/// </summary>
internal sealed class SignInThrottle(PeopleOptions options, TimeProvider time)
{
    private const int MostNoted = 50_000;

    private readonly SignInLimits limits = options.SignIn;
    private readonly BoundedBook<int> failures = new(MostNoted);
    private readonly BoundedBook<bool> known = new(MostNoted);
    private readonly FailureCounter accounts = new(options.SignIn.FailuresPerAccount, TimeSpan.FromHours(1), time);
    private readonly FailureCounter addresses = new(options.SignIn.FailuresPerAddress, TimeSpan.FromHours(1), time);
    private readonly FailureCounter refused = new(options.SignIn.RefusedPerAddress, TimeSpan.FromMinutes(1), time);

    /// <summary>Null when a password of the account may be looked at, sent from the address.</summary>
    /// <param name="name">As names are compared: <see cref="UserName"/>.</param>
    /// <param name="isKnownThere">Asked when the account is guessed at from many addresses: whether somebody has signed in to it there, as far as the store knows.</param>
    public async Task<Error?> RefusePasswordAsync(string name, string address, Func<Task<bool>> isKnownThere)
    {
        var here = Pair(name, address);
        var wait = Longer(Delay(here), addresses.Wait(AddressKey.Of(address)));
        if (wait == TimeSpan.Zero && accounts.Wait(name) is var all && all > TimeSpan.Zero && known[here] is null && !await isKnownThere())
            wait = all;
        return wait == TimeSpan.Zero ? null : TooMany("wrong passwords", wait);
    }

    /// <summary>A password was wrong, or there is no such account.</summary>
    public void NoteWrong(string name, string address)
    {
        var now = time.GetUtcNow();
        failures.Note(Pair(name, address), now, last => last is var (count, at) && now - at < limits.Memory ? count + 1 : 1);
        accounts.Add(name);
        addresses.Add(AddressKey.Of(address));
    }

    /// <summary>A password was right.</summary>
    public void NoteRight(string name, string address)
    {
        failures.Forget(Pair(name, address));
        known.Note(Pair(name, address), time.GetUtcNow(), _ => true);
    }

    /// <summary>Whether the account is guessed at so much that it is listened to only where it is known.</summary>
    public bool IsGuarded(string name) => accounts.Wait(name) > TimeSpan.Zero;

    /// <summary>The account has a new password: what was guessed of the old one is no matter.</summary>
    public void Forget(string name) => accounts.Forget(name);

    /// <summary>Null when a token from the address may be looked up, of which nothing is known yet.</summary>
    public Error? RefuseToken(string address) => refused.Wait(AddressKey.Of(address)) is var wait && wait > TimeSpan.Zero ? TooMany("requests with wrong credentials", wait) : null;

    /// <summary>A token was wrong, or no credential could be read.</summary>
    public void NoteRefused(string address) => refused.Add(AddressKey.Of(address));

    private static string Pair(string name, string address) => $"{AddressKey.Of(address)}\n{name}";

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static Error TooMany(string what, TimeSpan wait) => Error.TooMany(
        $"There were too many {what} from here or for this account.", $"Try again in {Math.Ceiling(wait.TotalSeconds):N0} s.", wait);

    private TimeSpan Delay(string pair)
    {
        if (failures[pair] is not var (count, at) || count <= limits.FreeFailures)
            return TimeSpan.Zero;
        var doublings = Math.Min(count - limits.FreeFailures - 1, 30);
        var delay = TimeSpan.FromSeconds(Math.Min(limits.FirstDelay.TotalSeconds * Math.Pow(2, doublings), limits.LongestDelay.TotalSeconds));
        return at + delay > time.GetUtcNow() ? at + delay - time.GetUtcNow() : TimeSpan.Zero;
    }
}
