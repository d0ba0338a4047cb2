using System.Buffers.Binary;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>
/// The points of a series since its last whole chunk of <see cref="Size"/>, of which only the least and the greatest are remembered (NaN is neither; a chunk of nothing else keeps its first).
/// Points are taken as they come, so a chunk of points that were written late lies across others: its extremes are points of the history all the same.
/// </summary>
internal struct OpenChunk
{
    public const int Size = 64;
    private const int PointBytes = 24;
    private const int Bytes = 4 + (2 * PointBytes);

    private int count;
    private MetricPoint least;
    private MetricPoint greatest;

    public static OpenChunk Read(string key, byte[] bytes) => bytes.Length == 0 ? default : new OpenChunk
    {
        count = BinaryPrimitives.ReadInt32LittleEndian(bytes),
        least = ReadPoint(key, bytes.AsSpan(4)),
        greatest = ReadPoint(key, bytes.AsSpan(4 + PointBytes)),
    };

    /// <summary>The least and the greatest point, one when they are the same, none of an empty chunk.</summary>
    public readonly IEnumerable<MetricPoint> Extremes => count == 0 ? [] : PointOrder.Instance.Equals(least, greatest) ? [least] : [least, greatest];

    /// <summary>Takes a point in; the extremes of a chunk that is whole by it go to <paramref name="extremes"/>.</summary>
    public void Add(MetricPoint point, List<MetricPoint> extremes)
    {
        if (count == 0 || point.Value < least.Value || (double.IsNaN(least.Value) && !double.IsNaN(point.Value)))
            least = point;
        if (count == 0 || point.Value > greatest.Value || (double.IsNaN(greatest.Value) && !double.IsNaN(point.Value)))
            greatest = point;
        if (++count < Size)
            return;
        extremes.AddRange(Extremes);
        this = default;
    }

    public readonly byte[] Write()
    {
        if (count == 0)
            return [];
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, count);
        WritePoint(bytes.AsSpan(4), least);
        WritePoint(bytes.AsSpan(4 + PointBytes), greatest);
        return bytes;
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
