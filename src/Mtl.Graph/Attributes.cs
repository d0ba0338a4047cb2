using System.Collections;
using System.Globalization;

namespace Mtl.Graph;

/// <summary>
/// The named settings of an operator, ordered by name and equal by value. Values are <see cref="long"/>, <see cref="float"/>, <see cref="string"/>,
/// arrays of these, or a <see cref="TensorValue"/>.
/// </summary>
public sealed class Attributes : IReadOnlyList<KeyValuePair<string, object>>, IEquatable<Attributes>
{
    private readonly KeyValuePair<string, object>[] entries;

    private Attributes(KeyValuePair<string, object>[] entries) => this.entries = entries;

    public static Attributes None { get; } = new([]);

    public int Count => entries.Length;

    public KeyValuePair<string, object> this[int index] => entries[index];

    /// <summary>Attributes of ONNX's names and kinds; an <see cref="int"/> counts as <see cref="long"/>, a <see cref="double"/> as <see cref="float"/>.</summary>
    public static Attributes Of(params ReadOnlySpan<(string Name, object Value)> entries)
    {
        var sorted = new KeyValuePair<string, object>[entries.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = new(entries[i].Name, Canonical(entries[i].Name, entries[i].Value));
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new(sorted);
    }

    public long Int(string name) => Get<long>(name);

    public float Float(string name) => Get<float>(name);

    public string Text(string name) => Get<string>(name);

    public long[] Ints(string name) => Get<long[]>(name);

    public bool Flag(string name) => Get<long>(name) != 0;

    public bool Has(string name) => Array.Exists(entries, e => e.Key == name);

    public T Get<T>(string name) => Array.Find(entries, e => e.Key == name).Value is T value
        ? value
        : throw new GraphException($"There is no attribute '{name}' of {typeof(T).Name} among: {this}.");

    public bool Equals(Attributes? other)
    {
        if (other is null || other.Count != Count) return false;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key != other.entries[i].Key || !SameValue(entries[i].Value, other.entries[i].Value)) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Attributes);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (var (name, value) in entries)
        {
            hash.Add(name, StringComparer.Ordinal);
            if (value is Array array)
                foreach (var item in array) hash.Add(item);
            else
                hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>axis=1, perm=[1, 0]</c>.</summary>
    public override string ToString() => string.Join(", ", entries.Select(e => $"{e.Key}={Text(e.Value)}"));

    private static string Text(object value) => value is Array array
        ? $"[{string.Join(", ", array.Cast<object>().Select(Text))}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static bool SameValue(object a, object b) => (a, b) switch
    {
        (long[] x, long[] y) => x.AsSpan().SequenceEqual(y),
        (float[] x, float[] y) => x.AsSpan().SequenceEqual(y),
        (string[] x, string[] y) => x.AsSpan().SequenceEqual(y),
        _ => a.Equals(b),
    };

    private static object Canonical(string name, object value) => value switch
    {
        int x => (long)x,
        double x => (float)x,
        bool x => x ? 1L : 0L,
        int[] x => Array.ConvertAll(x, i => (long)i),
        long or float or string or long[] or float[] or string[] or TensorValue => value,
        _ => throw new GraphException($"Attribute '{name}' is {value.GetType().Name}; allowed are numbers, texts, arrays of these, and tensors."),
    };
}
