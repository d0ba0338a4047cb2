using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Learning.Weightings;

namespace Mtl.Benchmarks.Train;

/// <summary>
/// What the tasks' gradients and their balancing cost at 256/256 with 4 tasks on one thread, in processor time of the training thread: each task's gradients and the representation's beside the joint step's,
/// the recording of gradients, and each balancer's own time as a share of its step. Bursts alternate; the best of each counts.
/// </summary>
internal static class GradientCosts
{
    private const int Rounds = 7;
    private const int BalancerSteps = 60;

    public static StepCase Case { get; } = new(256, 256, PerTask: true, Threads: 1);

    /// <summary>Operations of a step with each task's gradients over those of a joint step, and 5 % for all else.</summary>
    private const double MostPerTask = 2.03 * 1.05;

    private const double MostOfRepresentation = 1.15;
    private const double MostOfRecording = 1.03;
    private const double MostOfBalancer = 0.2;

    public static void Report()
    {
        Console.WriteLine($"\nGradients at {Case.Size}, {StepCase.Tasks} tasks, one thread: microseconds of processor time per whole step, and times the joint step.");
        (string Name, double Most, Func<ExperimentDefinition, ExperimentDefinition> Change)[] kinds =
        [
            ("joint", 1, definition => definition with { Weighting = new("ew") }),
            ("joint, gradients recorded", MostOfRecording, definition => definition with { Weighting = new("ew"), Training = definition.Training with { AnalysisEvery = new TrainingDefinition().AnalysisEvery } }),
            ("per task (PCGrad)", MostPerTask, definition => definition),
            ("representation (PCGrad)", MostOfRepresentation, definition => definition with { Training = definition.Training with { Gradients = SharedGradients.Representation } }),
        ];
        var times = Best([.. kinds.Select(kind => kind.Change)]);
        foreach (var (kind, seconds) in kinds.Zip(times))
            Console.WriteLine(Row(kind.Name, seconds, $"{Number(seconds / times[0], "0.00")}×", kind.Most == 1 ? "" : $"at most {Number(kind.Most, "0.00")}×"));

        Console.WriteLine($"\nGradient balancers at {Case.Size}: microseconds of processor time per whole step, and the combination's share of it (at most {Number(MostOfBalancer * 100, "0")} %).");
        foreach (var key in WeightingTable.Methods.Infos.Select(method => method.Key))
            Report(key);
    }

    private static void Report(string key)
    {
        using var steps = Train.BalancerSteps.Of(Case, key);
        if (steps is null)
            return;
        var best = (Step: double.MaxValue, Combination: double.MaxValue);
        steps.Burst(10);
        for (var round = 0; round < Rounds; round++)
        {
            var burst = steps.Burst(BalancerSteps);
            best = (Math.Min(best.Step, burst.Step), Math.Min(best.Combination, burst.Combination));
        }

        Console.WriteLine(Row(key, best.Step, $"{Number(100 * best.Combination / best.Step, "0.0")} %", ""));
    }

    /// <summary>A recording falls into some steps only, so means are taken, over bursts that hold it.</summary>
    private static double[] Best(Func<ExperimentDefinition, ExperimentDefinition>[] changes)
    {
        var steps = new TrainingDefinition().AnalysisEvery;
        var sides = changes.Select(change => new ProductSteps(Case, change, () => ThreadClock.Seconds)).ToArray();
        try
        {
            var best = Enumerable.Repeat(double.MaxValue, sides.Length).ToArray();
            Array.ForEach(sides, side => side.Burst(steps));
            for (var round = 0; round < Rounds; round++)
                for (var side = 0; side < sides.Length; side++)
                    best[side] = Math.Min(best[side], sides[side].Burst(steps).Average());
            return best;
        }
        finally
        {
            Array.ForEach(sides, side => side.Dispose());
        }
    }

    private static string Row(string name, double seconds, string ratio, string note) => $"{name,-27}{Number(seconds * 1e6, "N0"),9}{ratio,9}   {note}".TrimEnd();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
