namespace Mtl.Learning.Training;

/// <summary>How far training has come.</summary>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="TotalSteps">Steps if no early stop comes; 0 where only the steps themselves tell, as with a solver's iterations.</param>
/// <param name="Epoch">The epoch being trained, from 1.</param>
/// <param name="Epochs">Most epochs.</param>
/// <param name="Elapsed">Time spent training, that before the checkpoint included, pauses left out.</param>
public readonly record struct TrainingPosition(long Step, long TotalSteps, int Epoch, int Epochs, TimeSpan Elapsed);
