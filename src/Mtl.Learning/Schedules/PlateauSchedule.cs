using Mtl.Learning.State;

namespace Mtl.Learning.Schedules;

/// <summary>
/// Lowers the rate when the validation score has not become better, by more than the threshold, for more than the patience's epochs; then counts anew, as PyTorch's ReduceLROnPlateau.
/// The score is the mean over all tasks, for models that share nothing too.
/// </summary>
public sealed class PlateauSchedule : Schedule
{
    private readonly PlateauOptions options;
    private readonly double[] best = [double.PositiveInfinity];
    private readonly double[] factor = [1];
    private readonly long[] waited = [0];

    public PlateauSchedule(PlateauOptions options)
    {
        this.options = options;
        State = [NamedTensor.Of("best", best), NamedTensor.Of("factor", factor), NamedTensor.Of("waited", waited)];
    }

    public override IReadOnlyList<NamedTensor> State { get; }

    public override double Factor(long step) => factor[0];

    public override void Observe(double score)
    {
        if (double.IsPositiveInfinity(best[0]) || score < best[0] - options.Threshold * Math.Abs(best[0]))
        {
            (best[0], waited[0]) = (score, 0);
            return;
        }

        if (++waited[0] <= options.Patience)
            return;
        (factor[0], waited[0]) = (Math.Max(options.Minimum, factor[0] * options.Factor), 0);
    }
}
