using Mtl.Core;

namespace Mtl.Learning.Training;

/// <summary>How a training run ended.</summary>
public abstract record TrainingOutcome
{
    private TrainingOutcome()
    {
    }

    /// <summary>All epochs done, or stopped early: the best epoch's model, measured on the test rows.</summary>
    public sealed record Completed(TrainingResult Result) : TrainingOutcome;

    /// <summary>Cancelled; <c>Trainer.Run</c> goes on from <paramref name="Checkpoint"/> as if nothing had happened.</summary>
    public sealed record Stopped(Checkpoint Checkpoint) : TrainingOutcome;

    /// <summary>Training can't go on: a loss or gradient that is no number, or a checkpoint of another run. Checkpoints given out before stay good.</summary>
    public sealed record Failed(Error Error) : TrainingOutcome;
}
