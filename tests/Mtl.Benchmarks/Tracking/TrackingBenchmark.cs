namespace Mtl.Benchmarks.Tracking;

/// <summary>What many clients ask of one server, on SQLite and on PostgreSQL: logging at once, searches over many runs, long histories.</summary>
internal static class TrackingBenchmark
{
    private static readonly string[] Stores = ["sqlite", "postgres"];

    private static readonly Dictionary<string, Func<string, Task<bool>>> Parts = new()
    {
        ["writing"] = WritingBenchmark.RunAsync,
        ["search"] = SearchBenchmark.RunAsync,
        ["history"] = HistoryBenchmark.RunAsync,
    };

    /// <param name="words">Stores and parts; all where none is named.</param>
    /// <returns>0 when every limit was kept, 1 when one was not, 2 for an unknown word.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        if (words.Except(Stores).Except(Parts.Keys).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is nothing called '{unknown}' to measure. There are the stores {string.Join(", ", Stores)} and the parts {string.Join(", ", Parts.Keys)}.");
            return 2;
        }

        var isKept = true;
        foreach (var part in Parts.Where(part => !words.Intersect(Parts.Keys).Any() || words.Contains(part.Key)))
        {
            foreach (var store in Stores.Where(store => !words.Intersect(Stores).Any() || words.Contains(store)))
                isKept &= await part.Value(store);
            Console.WriteLine();
        }

        Console.WriteLine(isKept ? "Every limit was kept." : "A limit was not kept.");
        return isKept ? 0 : 1;
    }
}
