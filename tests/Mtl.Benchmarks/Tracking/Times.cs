using System.Diagnostics;

namespace Mtl.Benchmarks.Tracking;

/// <summary>Times of repeated requests.</summary>
internal sealed class Times
{
    private readonly List<double> milliseconds = [];

    public int Count => milliseconds.Count;

    public async Task<T> OfAsync<T>(Func<Task<T>> action)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await action();
        milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    /// <summary>The time that this part of the requests took at most, in milliseconds.</summary>
    public double Quantile(double part) => milliseconds.Order().ElementAt((int)Math.Min(milliseconds.Count - 1, Math.Ceiling(part * milliseconds.Count) - 1));
}
