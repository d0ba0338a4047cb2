namespace Mtl.Tracking.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="TotalSteps">Steps if no early stop comes; 0 until training has begun.</param>
/// <param name="Epoch">The epoch being trained, from 1; 0 before.</param>
/// <param name="Epochs">Most epochs.</param>
/// <param name="TrainingSeconds">Time spent training, pauses and crashes left out.</param>
public sealed record RunProgress(long Step = 0, long TotalSteps = 0, int Epoch = 0, int Epochs = 0, double TrainingSeconds = 0);
