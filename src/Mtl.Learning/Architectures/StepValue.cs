using Mtl.Core.Random;
using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>
/// A value that each training step fills anew, an input of the training graph: a dropout mask, noise, a temperature. Its first dimension may be the batch; all others are known. Models for evaluation and export
/// have none. What it holds is a function of seed and step, so it needs no place in a checkpoint.
/// </summary>
/// <param name="Name">Unique in the model.</param>
/// <param name="Purpose">With the name, what tells its random numbers from others' of the same seed.</param>
/// <param name="Node">Where it enters the graph.</param>
/// <param name="Fill">Writes its values.</param>
public sealed record StepValue(string Name, string Purpose, Node Node, StepFill Fill)
{
    /// <summary>Whether its first dimension is the batch.</summary>
    public bool IsBatched => Node.Shape.Rank > 0 && !Node.Shape[0].IsKnown;

    /// <summary>The known dimensions: those of one row where it is batched, else all.</summary>
    public long[] RowShape => Node.Shape.Slice(IsBatched ? 1 : 0, Node.Shape.Rank).Values;
}

/// <summary>Writes a step value.</summary>
/// <param name="values">Row-major; where it is batched, those of the step's rows only.</param>
/// <param name="random">A stream for this value and step alone.</param>
/// <param name="moment">When.</param>
public delegate void StepFill(Span<float> values, CounterRandom random, StepMoment moment);

/// <summary>When a step is.</summary>
/// <param name="Step">The optimiser step, from 1.</param>
/// <param name="Epochs">Epochs trained before it; 2.5 is in the middle of the third.</param>
public readonly record struct StepMoment(long Step, double Epochs);
