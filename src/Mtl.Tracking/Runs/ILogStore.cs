namespace Mtl.Tracking.Runs;

/// <summary>The runs' logs. Thread-safe.</summary>
public interface ILogStore
{
    Task AppendAsync(string runId, IReadOnlyList<LogLine> lines, CancellationToken cancellation = default);

    /// <summary>Lines after <paramref name="afterSequence"/>, in order, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<LogLine>> ReadAsync(string runId, long afterSequence = 0, int limit = 1000, CancellationToken cancellation = default);
}
