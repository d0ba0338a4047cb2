namespace Mtl.Learning.Training;

/// <summary>When checkpoints are due, and how long training has taken: every so many seconds, and where epochs are longer than that at each epoch's end too.</summary>
internal sealed class CheckpointCadence(TimeProvider time, TimeSpan interval)
{
    private TimeSpan before;
    private long started;
    private long taken;
    private bool takenInEpoch;

    /// <summary>Time spent training, that before the resumed checkpoint included.</summary>
    public TimeSpan Elapsed => before + time.GetElapsedTime(started);

    /// <param name="elapsedBefore">Time spent before.</param>
    public void Start(TimeSpan elapsedBefore) => (before, started, taken) = (elapsedBefore, time.GetTimestamp(), time.GetTimestamp());

    /// <summary>Whether one is due between two steps.</summary>
    public bool IsDue() => time.GetElapsedTime(taken) >= interval;

    /// <summary>Whether one is due after an epoch's end.</summary>
    public bool IsDueAtEpochEnd() => takenInEpoch || IsDue();

    /// <summary>A checkpoint was taken between two steps, or (<paramref name="atEpochEnd"/>) after the last one of an epoch.</summary>
    public void Taken(bool atEpochEnd) => (taken, takenInEpoch) = (time.GetTimestamp(), !atEpochEnd);
}
