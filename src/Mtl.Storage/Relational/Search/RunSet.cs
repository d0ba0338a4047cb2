using System.Data.Common;
using System.Numerics;
using Dapper;

namespace Mtl.Storage.Relational.Search;

/// <summary>Runs by their numbers, a bit each. Not thread-safe.</summary>
internal sealed class RunSet
{
    private ulong[] words = [];

    public int Count => words.Sum(BitOperations.PopCount);

    /// <summary>The runs whose numbers a query gives in its first column.</summary>
    public static RunSet Read(DbConnection connection, string sql, SearchArguments arguments)
    {
        var set = new RunSet();
        using var reader = connection.ExecuteReader(sql, arguments.Values);
        while (reader.Read())
            set.Add(reader.GetInt64(0));
        return set;
    }

    public void Add(long no)
    {
        var word = (int)(no >> 6);
        if (word >= words.Length)
            Array.Resize(ref words, Math.Max(word + 1, words.Length * 2));
        words[word] |= 1UL << (int)(no & 63);
    }

    public bool Contains(long no) => no >> 6 < words.Length && (words[no >> 6] & (1UL << (int)(no & 63))) != 0;

    public void Remove(long no)
    {
        if (no >> 6 < words.Length)
            words[no >> 6] &= ~(1UL << (int)(no & 63));
    }

    /// <summary>Keeps those that are in both.</summary>
    public void Intersect(RunSet other)
    {
        for (var i = 0; i < words.Length; i++)
            words[i] &= i < other.words.Length ? other.words[i] : 0;
    }

    public long[] ToArray()
    {
        var numbers = new List<long>(Count);
        for (var i = 0; i < words.Length; i++)
        {
            for (var word = words[i]; word != 0; word &= word - 1)
                numbers.Add(((long)i << 6) + BitOperations.TrailingZeroCount(word));
        }

        return [.. numbers];
    }
}
