namespace Mtl.Application.People;

/// <summary>Counts failures by key; what was counted runs out at a steady rate. Thread-safe.</summary>
/// <param name="most">Failures that the period has room for.</param>
internal sealed class FailureCounter(int most, TimeSpan period, TimeProvider time)
{
    private const int MostKeys = 50_000;

    private readonly BoundedBook<double> levels = new(MostKeys);

    /// <summary>How long until there is room for another failure; zero when there is.</summary>
    public TimeSpan Wait(string key)
    {
        var over = Level(levels[key], time.GetUtcNow()) + 1 - most;
        return over <= 0 ? TimeSpan.Zero : over / most * period;
    }

    public void Add(string key)
    {
        var now = time.GetUtcNow();
        levels.Note(key, now, last => Math.Min(Level(last, now) + 1, most));
    }

    public void Forget(string key) => levels.Forget(key);

    private double Level((double Level, DateTimeOffset At)? last, DateTimeOffset now) => last is var (level, at) ? Math.Max(0, level - ((now - at) / period * most)) : 0;
}
