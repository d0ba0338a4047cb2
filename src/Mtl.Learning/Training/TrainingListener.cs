namespace Mtl.Learning.Training;

/// <summary>A listener that takes no notice; override what is of interest.</summary>
public class TrainingListener : ITrainingListener
{
    public virtual void Started(TrainingFacts facts)
    {
    }

    public virtual void Progress(TrainingPosition position)
    {
    }

    public virtual void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values)
    {
    }

    public virtual void Log(TrainingLogLevel level, string message)
    {
    }

    public virtual void Checkpoint(Checkpoint checkpoint)
    {
    }
}
