namespace Mtl.Learning.Schedules;

/// <summary>
/// One cycle over the run: up from 1/d₀ to 1 (the optimiser's rate is the highest) and down to 1/(d₀·d₁), each way along half a cosine, as PyTorch's OneCycleLR; momentum stays as it is.
/// Source: Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2018.
/// </summary>
public sealed class OneCycleSchedule(OneCycleOptions options, ScheduleContext context) : Schedule
{
    private readonly double top = options.Rising * context.TotalSteps - 1;

    public override double Factor(long step)
    {
        var (start, at) = (1 / options.StartDivisor, step - 1.0);
        return at < top
            ? Between(start, 1, at / top)
            : Between(1, start / options.EndDivisor, Math.Min(1, (at - top) / (context.TotalSteps - 1 - top)));
    }

    /// <param name="from">At share 0.</param>
    /// <param name="to">At share 1.</param>
    /// <param name="share">Where between, along half a cosine.</param>
    private static double Between(double from, double to, double share) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}
