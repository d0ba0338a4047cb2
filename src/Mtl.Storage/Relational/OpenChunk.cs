using System.Buffers.Binary;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>What is remembered of a chunk: its least and its greatest point (NaN is neither; a chunk of nothing else keeps its first).</summary>
internal struct OpenChunk
{
    /// <summary>Length of what <see cref="Write"/> writes.</summary>
    public const int Bytes = 4 + (2 * PointBytes);

    private const int PointBytes = 24;

    private MetricPoint least;
    private MetricPoint greatest;

    /// <summary>Points, or chunks of the level below.</summary>
    public int Count { get; private set; }

    /// <summary>The least and the greatest point, one when they are the same, none of an empty chunk.</summary>
    public readonly IEnumerable<MetricPoint> Extremes => Count == 0 ? [] : PointOrder.Instance.Equals(least, greatest) ? [least] : [least, greatest];

    public static OpenChunk Read(string key, ReadOnlySpan<byte> bytes) => new()
    {
        Count = BinaryPrimitives.ReadInt32LittleEndian(bytes),
        least = ReadPoint(key, bytes[4..]),
        greatest = ReadPoint(key, bytes[(4 + PointBytes)..]),
    };

    public void Add(MetricPoint point) => Add(point, point);

    public void Add(OpenChunk whole) => Add(whole.least, whole.greatest);

    public readonly void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Count);
        WritePoint(bytes[4..], least);
        WritePoint(bytes[(4 + PointBytes)..], greatest);
    }

    private void Add(MetricPoint low, MetricPoint high)
    {
        if (Count == 0 || low.Value < least.Value || (double.IsNaN(least.Value) && !double.IsNaN(low.Value)))
            least = low;
        if (Count == 0 || high.Value > greatest.Value || (double.IsNaN(greatest.Value) && !double.IsNaN(high.Value)))
            greatest = high;
        Count++;
    }

    private static MetricPoint ReadPoint(string key, ReadOnlySpan<byte> bytes) => new(
        key,
        BinaryPrimitives.ReadInt64LittleEndian(bytes),
        BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]).ToTime());

    private static void WritePoint(Span<byte> bytes, MetricPoint point)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, point.Step);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], point.Time.UtcTicks);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], point.Value);
    }
}
