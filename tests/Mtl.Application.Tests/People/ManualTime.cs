namespace Mtl.Application.Tests.People;

/// <summary>A clock that stands until it is set on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private int reads;

    /// <summary>How often it was asked.</summary>
    public int Reads => Volatile.Read(ref reads);

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref reads);
        return now;
    }

    public void Advance(TimeSpan period) => now += period;
}
