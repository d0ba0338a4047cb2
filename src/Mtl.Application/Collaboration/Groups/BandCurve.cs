using Mtl.Tracking.Metrics;

namespace Mtl.Application.Collaboration.Groups;

/// <summary>
/// Mean and spread of several runs' histories over their steps. Runs need not be measured at the same steps: between two of its points a run counts with the earlier one, and before its first and
/// after its last it does not count.
/// </summary>
public static class BandCurve
{
    /// <summary>The curve at no more than <paramref name="maximumPoints"/> of the steps at which some run was measured, the first and the last among them.</summary>
    /// <param name="histories">One per run, in step order.</param>
    public static IReadOnlyList<BandPoint> Of(IReadOnlyList<IReadOnlyList<MetricPoint>> histories, int maximumPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, 2);
        long[] steps = [.. histories.SelectMany(history => history.Select(point => point.Step)).Distinct().Order()];
        var places = new int[histories.Count];
        var curve = new List<BandPoint>();
        foreach (var step in Chosen(steps, maximumPoints))
        {
            var spread = Spread.Of(histories.Index().Select(history => At(history.Item, step, ref places[history.Index])).OfType<double>());
            if (spread.Mean is { } mean)
                curve.Add(new BandPoint(step, spread.Runs, mean, spread.Deviation));
        }

        return curve;
    }

    private static IEnumerable<long> Chosen(long[] steps, int maximum) => steps.Length <= maximum
        ? steps
        : Enumerable.Range(0, maximum).Select(i => steps[(int)((long)i * (steps.Length - 1) / (maximum - 1))]);

    /// <summary>The run's value at a step; <paramref name="place"/> is how far its history has been gone through, as steps only grow.</summary>
    private static double? At(IReadOnlyList<MetricPoint> history, long step, ref int place)
    {
        while (place + 1 < history.Count && history[place + 1].Step <= step)
            place++;
        return history.Count == 0 || step < history[0].Step || step > history[^1].Step ? null : history[place].Value;
    }
}
