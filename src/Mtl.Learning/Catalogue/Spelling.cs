namespace Mtl.Learning.Catalogue;

/// <summary>Guesses the name that was meant by a mistyped one.</summary>
internal static class Spelling
{
    /// <summary>"Did you mean 'x'?" for the nearest known name within a third of its length (at least 1) of edits, in any casing; empty when none is near.</summary>
    public static string Advice(string given, IEnumerable<string> known)
    {
        var nearest = known
            .Select(name => (Name: name, Distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is null ? "" : $"Did you mean '{nearest.Name}'?";
    }

    /// <summary>Levenshtein's distance: insertions, deletions and substitutions.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
