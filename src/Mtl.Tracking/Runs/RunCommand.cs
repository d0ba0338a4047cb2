namespace Mtl.Tracking.Runs;

/// <summary>What can be asked of a run, by a person or by its training loop.</summary>
public enum RunCommand
{
    /// <summary>A slot is free: begin, or go on from the last checkpoint.</summary>
    Start,
    Pause,

    /// <summary>Wait for a slot again after a pause.</summary>
    Resume,
    Cancel,
    Complete,
    Fail,
}
