using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks and how its ticks go with the grain's requests.</summary>
public readonly struct GrainTimerCreationOptions() : IEquatable<GrainTimerCreationOptions>
{
    /// <summary>A timer that neither interleaves nor keeps the activation alive.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this() => (DueTime, Period) = (dueTime, period);

    /// <summary>The time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/>: none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>The time from the end of one tick to the next; <see cref="Timeout.InfiniteTimeSpan"/>: only one tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether ticks may interleave with requests and other ticks. Default: no, as requests.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether ticks count as use, so that the activation isn't collected as idle. Default: no.</summary>
    public bool KeepAlive { get; init; }

    public static bool operator ==(GrainTimerCreationOptions left, GrainTimerCreationOptions right) => left.Equals(right);

    public static bool operator !=(GrainTimerCreationOptions left, GrainTimerCreationOptions right) => !left.Equals(right);

    public bool Equals(GrainTimerCreationOptions other) =>
        (DueTime, Period, Interleave, KeepAlive) == (other.DueTime, other.Period, other.Interleave, other.KeepAlive);

    public override bool Equals(object? obj) => obj is GrainTimerCreationOptions other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(DueTime, Period, Interleave, KeepAlive);
}
