namespace Mtl.Learning.Training;

/// <summary>How serious a line of a run's log is.</summary>
public enum TrainingLogLevel
{
    Information,
    Warning,
}

/// <summary>
/// Hears of a training run while it goes on. Called on the training thread, one call at a time, in the order of events: what a method does, training waits for.
/// An exception thrown here leaves <c>Trainer.Run</c> as it is.
/// </summary>
public interface ITrainingListener
{
    /// <summary>Once, before the first step.</summary>
    void Started(TrainingFacts facts);

    /// <summary>After every step: must be cheap.</summary>
    void Progress(TrainingPosition position);

    /// <summary>
    /// After each epoch: <c>{task}/train_loss</c>, <c>{task}/val_loss</c>, <c>{task}/val_{metric}</c>, <c>{task}/weight</c> (λ, mean over the epoch),
    /// the same of the tasks of a template together as <c>{template}/…</c>, <c>all/train_loss</c> and <c>all/val_loss</c> (mean over tasks), <c>all/learning_rate</c>;
    /// where the objective has more than losses, <c>all/penalty</c> (R) and <c>all/objective</c> (Σ λₜLₜ + R).
    /// At the end once more, with <c>{task}/test_loss</c> and <c>{task}/test_{metric}</c>.
    /// Every <c>training.analysisEvery</c> steps, between epochs' ends too: <c>{task}/gradient_norm</c>, <c>{a}~{b}/gradient_cosine</c>, <c>all/gradient_cosine</c> (mean over pairs), <c>all/conflict_rate</c>.
    /// </summary>
    void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values);

    void Log(TrainingLogLevel level, string message);

    /// <summary>A snapshot to go on from, at the cadence and when training is stopped; immutable, so it may be written elsewhere and later.</summary>
    void Checkpoint(Checkpoint checkpoint);
}
