using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Mtl.Dashboard.Handing;

/// <summary>What first renderings read, kept in this server's memory for the live pages that take their place: each for one caller, once, and only for a while.</summary>
/// <remarks>Safe to use from any number of threads.</remarks>
internal sealed class Handovers(TimeProvider time)
{
    /// <summary>How long a browser may take to connect; a later one reads again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Pages that may be on their way at once; what goes beyond reads again.</summary>
    public const int Most = 32;

    private readonly ConcurrentDictionary<string, Kept> kept = new();

    /// <summary>Keeps <paramref name="values"/>; gives back the word that they are got for, or null when there is no room.</summary>
    public string? Keep(string caller, IReadOnlyDictionary<string, object?> values)
    {
        if (kept.Count >= Most)
            return null;
        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        kept[word] = new Kept(caller, values, time.CreateTimer(_ => Remove(word), null, Patience, Timeout.InfiniteTimeSpan));
        return word;
    }

    /// <summary>Gives what was kept, and keeps it no longer; nothing for another caller, or when it is gone.</summary>
    public IReadOnlyDictionary<string, object?> Take(string caller, string word) =>
        Remove(word) is { } found && found.Caller == caller ? found.Values : new Dictionary<string, object?>();

    private Kept? Remove(string word)
    {
        if (!kept.TryRemove(word, out var found))
            return null;
        found.Timer.Dispose();
        return found;
    }

    private sealed record Kept(string Caller, IReadOnlyDictionary<string, object?> Values, ITimer Timer);
}
