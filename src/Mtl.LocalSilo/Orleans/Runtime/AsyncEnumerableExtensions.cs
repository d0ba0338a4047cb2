using Mtl.LocalSilo.Streams;

namespace Orleans.Runtime;

/// <summary>Settings of streams out of grains.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>How many elements at most are fetched at once (100 if not said); elements that aren't ready yet are never waited for.</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentNullException.ThrowIfNull(self);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        if (self is GrainStream<T> stream) stream.MaxBatchSize = maxBatchSize;
        return self;
    }
}
