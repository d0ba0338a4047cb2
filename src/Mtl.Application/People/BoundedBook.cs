using System.Collections.Concurrent;

namespace Mtl.Application.People;

/// <summary>Notes by key, bounded: when there are too many, the half that was noted longest ago is forgotten. Thread-safe.</summary>
internal sealed class BoundedBook<T>(int most)
    where T : struct
{
    private readonly ConcurrentDictionary<string, (T Note, DateTimeOffset At)> notes = new();

    public int Count => notes.Count;

    public (T Note, DateTimeOffset At)? this[string key] => notes.TryGetValue(key, out var found) ? found : null;

    /// <summary>Notes what <paramref name="change"/> makes of the last note and its time (null for none).</summary>
    public void Note(string key, DateTimeOffset now, Func<(T Note, DateTimeOffset At)?, T> change)
    {
        if (notes.Count >= most && !notes.ContainsKey(key))
        {
            foreach (var old in notes.OrderBy(note => note.Value.At).Take(most / 2).ToArray())
                notes.TryRemove(old);
        }

        notes.AddOrUpdate(key, _ => (change(null), now), (_, last) => (change(last), now));
    }

    public void Forget(string key) => notes.TryRemove(key, out _);
}
