using System.Runtime.InteropServices;
using Mtl.Core;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>All that changes while training, as named tensors: what a checkpoint copies out and back in.</summary>
internal sealed class TrainingState
{
    private const string ParametersName = "parameters";

    private readonly FlatBuffer parameters;
    private readonly long[] position = [0, 0];
    private readonly NamedTensor[] tensors;

    /// <param name="parameters">The model's parameters.</param>
    /// <param name="parts">Everything else that learns, by name.</param>
    public TrainingState(FlatBuffer parameters, params ReadOnlySpan<(string Name, IStateful Part)> parts)
    {
        this.parameters = parameters;
        List<NamedTensor> all = [NamedTensor.Of("position", position)];
        foreach (var (name, part) in parts)
            all.AddRange(part.State.Select(tensor => tensor.Under(name)));
        tensors = [.. all];
    }

    /// <summary>Optimiser steps, or a solver's iterations, done.</summary>
    public ref long Step => ref position[0];

    /// <summary>Epochs, or a solver's stages, done and evaluated.</summary>
    public ref long EpochsDone => ref position[1];

    public Checkpoint Save(string fingerprint, int epoch, TimeSpan elapsed, int threads)
    {
        var saved = tensors.ToDictionary(tensor => tensor.Name, CheckpointTensor.Of);
        saved[ParametersName] = CheckpointTensor.Of(parameters.All);
        return new Checkpoint(fingerprint, Step, epoch, elapsed, threads, saved);
    }

    /// <summary>Takes on a checkpoint's state whole, or says why it does not fit and changes nothing.</summary>
    public Error? Restore(Checkpoint checkpoint, string fingerprint)
    {
        if (checkpoint.Fingerprint != fingerprint)
        {
            return Error.Conflict(
                $"The checkpoint belongs to another run: its fingerprint is {Short(checkpoint.Fingerprint)}, this run's is {Short(fingerprint)}.",
                "The definition or the data changed since it was written; start the run anew.");
        }

        var saved = checkpoint.Tensors;
        var misfit = tensors.FirstOrDefault(tensor => !saved.TryGetValue(tensor.Name, out var value) || !value.Fits(tensor))?.Name
            ?? (saved.TryGetValue(ParametersName, out var values) && values.ElementType == "F32" && values.Length == parameters.All.Length ? null : ParametersName);
        if (misfit is not null || saved.Count != tensors.Length + 1)
            return Error.Conflict($"The checkpoint was written by another version of the platform: its '{misfit ?? "list of tensors"}' is not what this one has.", "Start the run anew.");

        foreach (var tensor in tensors)
            saved[tensor.Name].Bytes.CopyTo(tensor.Bytes);
        saved[ParametersName].Bytes.CopyTo(MemoryMarshal.AsBytes(parameters.All));
        return null;
    }

    private static string Short(string fingerprint) => fingerprint.Length > 12 ? fingerprint[..12] : fingerprint;
}
