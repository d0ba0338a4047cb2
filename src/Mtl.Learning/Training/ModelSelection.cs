using Mtl.Learning.State;

namespace Mtl.Learning.Training;

/// <summary>
/// Keeps the best epoch's parameters and says when to stop. An epoch's score is the mean over tasks of Lₜ/Bₜ: the validation loss relative to that of the best constant
/// prediction (fitted on the training labels), so that 1 is "learned nothing" for every task whatever its loss and units. Lower is better; ties keep the earlier epoch.
/// Tasks that are trained together are judged together; where nothing is shared or tied each task is judged, kept and stopped by itself, as separate training would do.
/// </summary>
internal sealed class ModelSelection : IStateful
{
    private readonly Group[] groups;
    private readonly int patience;
    private readonly double[] scales;
    private readonly double[] scores;
    private readonly long[] epochs;
    private readonly long[] trained = [0];
    private readonly float[] parameters;

    /// <param name="taskRanges">Where each task's own parameters lie.</param>
    /// <param name="isJoint">Whether the tasks are trained together (<c>Model.IsJoint</c>).</param>
    /// <param name="initial">The parameters before training.</param>
    /// <param name="constantLosses">Bₜ of each task.</param>
    /// <param name="patience">Epochs without a better score after which a group stops; 0 for never.</param>
    public ModelSelection(IReadOnlyList<Range> taskRanges, bool isJoint, ReadOnlySpan<float> initial, IReadOnlyList<double> constantLosses, int patience)
    {
        var length = initial.Length;
        groups = isJoint
            ? [new Group([.. Enumerable.Range(0, taskRanges.Count)], 0..length)]
            : [.. taskRanges.Select((range, task) => new Group([task], range))];
        Ranges = [.. groups.Select(group => group.Range)];
        this.patience = patience;
        scales = [.. constantLosses.Select(loss => Math.Max(loss, 1e-12))];
        Array.Fill(scores = new double[groups.Length], double.PositiveInfinity);
        epochs = new long[groups.Length];
        parameters = initial.ToArray();
        State = [NamedTensor.Of("scores", scores), NamedTensor.Of("epochs", epochs), NamedTensor.Of("trained", trained), NamedTensor.Of("parameters", parameters)];
    }

    public IReadOnlyList<NamedTensor> State { get; }

    /// <summary>The best epoch's parameters, each group's own.</summary>
    public ReadOnlySpan<float> Parameters => parameters;

    /// <summary>Parameter ranges that are trained independently of each other.</summary>
    public Range[] Ranges { get; }

    /// <summary>Whether no group can still get better.</summary>
    public bool IsOver => Enumerable.Range(0, groups.Length).All(HasStopped);

    /// <summary>The epoch whose parameters are kept, by task.</summary>
    public int[] BestEpochs
    {
        get
        {
            var best = new int[scales.Length];
            for (var group = 0; group < groups.Length; group++)
                foreach (var task in groups[group].Tasks)
                    best[task] = (int)epochs[group];
            return best;
        }
    }

    /// <summary>An epoch's score over all tasks: the mean of Lₜ/Bₜ.</summary>
    public double Score(IReadOnlyList<double> validationLosses) => validationLosses.Zip(scales, (loss, scale) => loss / scale).Average();

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="validationLosses">By task.</param>
    /// <param name="current">The parameters after the epoch.</param>
    public void Observe(int epoch, IReadOnlyList<double> validationLosses, ReadOnlySpan<float> current)
    {
        for (var group = 0; group < groups.Length; group++)
        {
            if (HasStopped(group))
                continue;
            var score = groups[group].Tasks.Average(task => validationLosses[task] / scales[task]);
            if (!(score < scores[group]))
                continue;
            (scores[group], epochs[group]) = (score, epoch);
            current[groups[group].Range].CopyTo(parameters.AsSpan(groups[group].Range));
        }

        trained[0] = epoch;
    }

    private bool HasStopped(int group) => patience > 0 && trained[0] - epochs[group] >= patience;

    private sealed record Group(int[] Tasks, Range Range);
}
