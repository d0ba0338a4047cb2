namespace Mtl.LocalSilo.Streams;

/// <summary>Elements of a stream that were ready together, and whether and how it ended after them.</summary>
internal sealed record StreamBatch<T>(IReadOnlyList<T> Items, bool IsLast, Exception? Error = null)
{
    public static StreamBatch<T> Empty { get; } = new([], IsLast: false);
}
