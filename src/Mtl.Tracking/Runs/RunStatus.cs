namespace Mtl.Tracking.Runs;

/// <summary>Where a run is in its life.</summary>
public enum RunStatus
{
    /// <summary>Waiting for a free training slot.</summary>
    Queued,
    Running,
    Paused,
    Completed,
    Failed,
    Cancelled,
}
