namespace Mtl.Tracking.Runs;

/// <summary>How much a log line matters.</summary>
public enum LogSeverity
{
    Information,
    Warning,
    Error,
}

/// <summary>One line of a run's log.</summary>
/// <param name="Sequence">1, 2, … within the run, given by the store (0 before).</param>
/// <param name="Step">The step after which it was written; a resumed run drops lines beyond its checkpoint.</param>
public sealed record LogLine(long Sequence, long Step, DateTimeOffset Time, LogSeverity Severity, string Message);
