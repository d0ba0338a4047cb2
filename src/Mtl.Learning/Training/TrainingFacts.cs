namespace Mtl.Learning.Training;

/// <summary>What is known of a training run when its first step begins.</summary>
/// <param name="TrainRows">Rows with a label for at least one task.</param>
/// <param name="ValidationRows">Rows that early stopping looks at.</param>
/// <param name="TestRows">Rows the finished model is measured on.</param>
/// <param name="Features">Width of the dense features that the preprocessing gives.</param>
/// <param name="Parameters">Trained numbers.</param>
/// <param name="SharedParameters">Those of them that more than one task uses.</param>
/// <param name="StepsPerEpoch">Optimiser steps of one pass over the training rows; a solver's most iterations of one stage.</param>
/// <param name="TotalSteps">Steps if no early stop comes; 0 where only the steps themselves tell, as with a solver's iterations.</param>
/// <param name="Epochs">Most epochs.</param>
/// <param name="Threads">Threads of the training session.</param>
/// <param name="StartStep">Steps already done by the checkpoint that it goes on from; 0 for a new run.</param>
public sealed record TrainingFacts(
    int TrainRows,
    int ValidationRows,
    int TestRows,
    int Features,
    int Parameters,
    int SharedParameters,
    int StepsPerEpoch,
    long TotalSteps,
    int Epochs,
    int Threads,
    long StartStep);
