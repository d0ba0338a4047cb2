using Mtl.Core;

namespace Mtl.Learning.Training;

/// <summary>
/// All that a training run needs to go on bit for bit: parameters, optimiser moments, weighting state, position, best parameters, running sums. Randomness needs nothing here,
/// as it is a function of seed and step. Immutable. <see cref="CheckpointFile"/> writes and reads it.
/// </summary>
/// <param name="Fingerprint">The plan's fingerprint of the run it belongs to.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Epoch">The epoch being trained, from 1.</param>
/// <param name="Elapsed">Time spent training.</param>
/// <param name="Threads">Threads it was trained with, and goes on with: the last bits of matrix products depend on their number.</param>
/// <param name="Tensors">The state by name.</param>
public sealed record Checkpoint(string Fingerprint, long Step, int Epoch, TimeSpan Elapsed, int Threads, IReadOnlyDictionary<string, CheckpointTensor> Tensors)
{
    /// <summary>Writes the checkpoint in the safetensors layout; a torn or altered file is found out by <see cref="Read"/>.</summary>
    public void Write(Stream stream) => CheckpointFile.Write(this, stream);

    /// <summary>Reads a checkpoint whole and unaltered, or says what is wrong with the file.</summary>
    public static Result<Checkpoint> Read(Stream stream) => CheckpointFile.Read(stream);
}
