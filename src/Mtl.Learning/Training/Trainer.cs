namespace Mtl.Learning.Training;

/// <summary>
/// Trains a plan. Runs on the caller's thread (plus the session's own, when more than one is asked for) until done, stopped or failed. The outcome is a function of the plan and the number of
/// threads: time, stops and resumptions change no bit of it. (ONNX Runtime blocks some matrix products by the number of threads, which changes last bits; so a resumed run keeps the
/// number it began with.)
/// </summary>
/// <param name="plan">What to train; may be shared between trainers.</param>
/// <param name="threads">Threads of a run that begins anew, from <see cref="ThreadChoice"/>.</param>
/// <param name="time">Clock of the checkpoints' cadence; the system's when null.</param>
public sealed class Trainer(TrainingPlan plan, int threads = 1, TimeProvider? time = null)
{
    /// <summary>Trains from the beginning or from a checkpoint.</summary>
    /// <param name="listener">Hears of everything, on this thread.</param>
    /// <param name="resumeFrom">A checkpoint of the same plan; null to begin anew.</param>
    /// <param name="stop">Stops within one step: the listener gets a checkpoint, and the outcome is <see cref="TrainingOutcome.Stopped"/>.</param>
    public TrainingOutcome Run(ITrainingListener listener, Checkpoint? resumeFrom, CancellationToken stop)
    {
        var (chosen, clock) = (resumeFrom?.Threads ?? threads, time ?? TimeProvider.System);
        if (plan.Learner is { } learner)
        {
            using var fitting = new FittingLoop(plan, learner, chosen, clock, listener);
            return fitting.Run(resumeFrom, stop);
        }

        using var loop = new TrainingLoop(plan, chosen, clock, listener);
        return loop.Run(resumeFrom, stop);
    }
}
