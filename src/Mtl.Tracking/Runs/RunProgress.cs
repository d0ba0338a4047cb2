namespace Mtl.Tracking.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="TotalSteps">Steps if no early stop comes; 0 until training has begun, and where only the steps themselves tell, as with a solver's iterations.</param>
/// <param name="Epoch">The epoch being trained, from 1; 0 before.</param>
/// <param name="Epochs">Most epochs.</param>
/// <param name="TrainingSeconds">Time spent training, pauses and crashes left out.</param>
public sealed record RunProgress(long Step = 0, long TotalSteps = 0, int Epoch = 0, int Epochs = 0, double TrainingSeconds = 0)
{
    /// <summary>Done part of the whole, 0 to 1: by steps, or by epochs where their number of steps is not known.</summary>
    public double Fraction() => Math.Clamp(TotalSteps > 0 ? (double)Step / TotalSteps : Epochs > 0 ? (Epoch - 1.0) / Epochs : 0, 0, 1);
}
