namespace Mtl.Data.Reading;

/// <summary>A list that grows by whole segments, so that growing neither copies nor leaves large garbage behind.</summary>
internal sealed class SegmentedList<T>
    where T : unmanaged
{
    private const int SegmentLength = 1 << 14;

    private readonly List<T[]> full = [];
    private T[] last = new T[SegmentLength];
    private int lastCount;

    internal int Count => (full.Count * SegmentLength) + lastCount;

    internal void Add(T item)
    {
        if (lastCount == SegmentLength)
        {
            full.Add(last);
            last = new T[SegmentLength];
            lastCount = 0;
        }

        last[lastCount++] = item;
    }

    internal void Add(T item, int count)
    {
        for (var i = 0; i < count; i++)
            Add(item);
    }

    internal T[] ToArray()
    {
        var items = new T[Count];
        for (var i = 0; i < full.Count; i++)
            full[i].CopyTo(items, i * SegmentLength);
        last.AsSpan(0, lastCount).CopyTo(items.AsSpan(full.Count * SegmentLength));
        return items;
    }
}
