namespace Orleans.Runtime;

/// <summary>A timer of one activation. Disposing it stops it; the activation's end disposes it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts anew with other times; <see cref="Timeout.InfiniteTimeSpan"/> stands for never.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
