using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>
/// The chunks of a series that are not whole yet. A series' points are cut, as they come, into chunks of 64, those into chunks of 8 times as many, and so on; of each whole chunk its least and its greatest
/// point are stored at its level. A chart reads the coarsest level that has enough of them for it, so that what it costs does not grow with the history.
/// </summary>
/// <remarks>A chunk of points that were written late lies across others: its extremes are points of the history all the same.</remarks>
internal sealed class OpenChunks
{
    public const int Levels = 5;

    /// <summary>Chunks of a level that make one of the next.</summary>
    public const int Factor = 8;

    private const int FinestSize = 64;

    private readonly OpenChunk[] chunks = new OpenChunk[Levels];

    private OpenChunks()
    {
    }

    /// <summary>Points of a whole chunk.</summary>
    public static int Size(int level) => FinestSize << (level * 3);

    public static OpenChunks Read(string key, ReadOnlySpan<byte> bytes)
    {
        var open = new OpenChunks();
        for (var level = 0; level * OpenChunk.Bytes < bytes.Length; level++)
            open.chunks[level] = OpenChunk.Read(key, bytes.Slice(level * OpenChunk.Bytes, OpenChunk.Bytes));
        return open;
    }

    public byte[] Write()
    {
        var used = Array.FindLastIndex(chunks, chunk => chunk.Count > 0) + 1;
        var bytes = new byte[used * OpenChunk.Bytes];
        for (var level = 0; level < used; level++)
            chunks[level].Write(bytes.AsSpan(level * OpenChunk.Bytes));
        return bytes;
    }

    /// <summary>Takes a point in; the extremes of the chunks that are whole by it go to <paramref name="extremes"/>.</summary>
    public void Add(MetricPoint point, List<(int Level, MetricPoint Point)> extremes)
    {
        chunks[0].Add(point);
        for (var level = 0; level < Levels && chunks[level].Count == (level == 0 ? FinestSize : Factor); level++)
        {
            var whole = chunks[level];
            chunks[level] = default;
            foreach (var extreme in whole.Extremes)
                extremes.Add((level, extreme));
            if (level + 1 < Levels)
                chunks[level + 1].Add(whole);
        }
    }

    /// <summary>The extremes of what is in no whole chunk of the level.</summary>
    public IEnumerable<MetricPoint> Extremes(int level) => chunks.Take(level + 1).SelectMany(chunk => chunk.Extremes);
}
