namespace Mtl.Application.People;

/// <summary>How often somebody may be wrong about a password, token or name. Wrong ones run out at a steady rate: 100 an hour are one in 36 s.</summary>
public sealed record SignInLimits
{
    /// <summary>Wrong passwords of one account from one address that make nobody wait.</summary>
    public int FreeFailures { get; init; } = 5;

    /// <summary>Wait after the next wrong one; it doubles with each that follows, up to <see cref="LongestDelay"/>.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long without another wrong one an address' waits for an account begin anew.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Wrong passwords of one account within an hour, from wherever, beyond which only addresses are listened to where it has been signed in before.</summary>
    public int FailuresPerAccount { get; init; } = 100;

    /// <summary>Wrong passwords from one address within an hour, whatever the accounts.</summary>
    public int FailuresPerAddress { get; init; } = 300;

    /// <summary>Requests from one address within a minute that a wrong token, or no readable credential, was sent with.</summary>
    public int RefusedPerAddress { get; init; } = 1000;
}
