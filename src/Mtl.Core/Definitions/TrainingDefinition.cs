using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>The training loop's options.</summary>
public sealed record TrainingDefinition
{
    /// <summary>Seed of every random choice: split, initial parameters, batch order, dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most passes over the training rows; 1 to 100,000.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Rows per step; 1 to 1,000,000. Optimisers that work on the whole training set (<c>gd</c>, <c>lbfgs</c>) don't use it.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>How batches are drawn where tasks have rows of their own (<see cref="TaskDefinition.By"/>).</summary>
    public TaskDrawing Drawing { get; init; } = TaskDrawing.Proportional;

    /// <summary>τ of <see cref="TaskDrawing.Temperature"/>: 1 draws in proportion to rows, large values nearly uniformly; 1 to 1,000.</summary>
    public double DrawingTemperature { get; init; } = 2;

    /// <summary>Learning rate over the run, as a multiple of the optimiser's.</summary>
    public Choice Schedule { get; init; } = new("constant");

    /// <summary>Steps over which the learning rate rises linearly from zero; at least 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Largest global gradient norm, scaled down beyond it; 0 for no clipping.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Largest gradient component by absolute value, cut off beyond it (before <see cref="ClipNorm"/>); 0 for no clipping.</summary>
    public double ClipValue { get; init; }

    /// <summary>Stop after this many epochs without a better validation score; 0 never stops early. The best epoch's parameters are kept either way.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Threads of the training run; 0 lets the platform choose by model size and free cores.</summary>
    public int Threads { get; init; }

    /// <summary>Seconds between checkpoints; 1 to 3,600.</summary>
    public double CheckpointSeconds { get; init; } = 10;

    /// <summary>
    /// Which gradients a gradient balancer combines: those of the shared parameters, or of the representation where the shared part ends, at about the cost of a joint step. Only for balancers, and
    /// architectures that have such a representation.
    /// </summary>
    public SharedGradients Gradients { get; init; }

    /// <summary>
    /// Steps between records of how the tasks' gradients stand to each other (norms, cosines, conflict rate); 0 for none. Under a loss weighting a record costs about (1 + 2T)/3 steps for T tasks, and with more
    /// than 8 tasks records are ⌈T/8⌉ times as far apart; under a gradient balancer it costs next to nothing. Under an optimiser that looks at all rows
    /// at once (gd, lbfgs) nothing is recorded, and the run's log says so.
    /// </summary>
    public int AnalysisEvery { get; init; } = 200;
}
