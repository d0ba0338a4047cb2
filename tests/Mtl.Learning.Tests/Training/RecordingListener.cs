using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

/// <summary>Keeps all that a training run says, and lets a test act at a step.</summary>
internal sealed class RecordingListener(Action<long>? atStep = null) : ITrainingListener
{
    public List<TrainingFacts> Starts { get; } = [];

    public List<TrainingPosition> Positions { get; } = [];

    public List<(long Step, int Epoch, IReadOnlyList<MetricValue> Values)> Reports { get; } = [];

    public List<string> Lines { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    /// <summary>Every metric with step and the bits of its value, to compare runs by.</summary>
    public IEnumerable<(long Step, string Key, long Bits)> Bits =>
        Reports.SelectMany(report => report.Values.Select(value => (report.Step, value.Key, BitConverter.DoubleToInt64Bits(value.Value))));

    public double Last(string key) => Reports.SelectMany(report => report.Values).Last(value => value.Key == key).Value;

    public void Started(TrainingFacts facts) => Starts.Add(facts);

    public void Progress(TrainingPosition position)
    {
        Positions.Add(position);
        atStep?.Invoke(position.Step);
    }

    public void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values) => Reports.Add((step, epoch, values));

    public void Log(TrainingLogLevel level, string message) => Lines.Add(message);

    public void Checkpoint(Checkpoint checkpoint) => Checkpoints.Add(checkpoint);
}
