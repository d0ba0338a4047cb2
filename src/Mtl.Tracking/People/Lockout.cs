namespace Mtl.Tracking.People;

/// <summary>Stops the guessing of a password: after so many wrong ones in a row none is looked at for a while.</summary>
public sealed record Lockout
{
    /// <summary>Wrong passwords in a row that lock the account; at least 1.</summary>
    public int MaximumFailures { get; init; } = 10;

    /// <summary>For how long.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(5);

    public static bool IsLocked(User user, DateTimeOffset now) => user.LockedUntil > now;

    /// <summary>The user after a wrong password. The count starts anew with a lock, so that each lock takes as many wrong ones.</summary>
    public User AfterFailure(User user, DateTimeOffset now)
    {
        var failures = user.FailedSignIns + 1;
        return failures < MaximumFailures
            ? user with { FailedSignIns = failures }
            : user with { FailedSignIns = 0, LockedUntil = now + Period };
    }

    /// <summary>The user after a right password.</summary>
    public static User AfterSuccess(User user, DateTimeOffset now) => user with { FailedSignIns = 0, LockedUntil = null, LastSignInAt = now };
}
