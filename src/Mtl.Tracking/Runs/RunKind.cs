namespace Mtl.Tracking.Runs;

/// <summary>What a run is for.</summary>
public enum RunKind
{
    MultiTask,

    /// <summary>Single-task models with the experiment's encoder and options, which Δm compares with.</summary>
    Baseline,

    /// <summary>Trained elsewhere and logged by a client.</summary>
    Tracked,
}
