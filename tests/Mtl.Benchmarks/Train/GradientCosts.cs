using System.Globalization;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Benchmarks.Train;

/// <summary>
/// What the tasks' gradients and their balancing cost at 256/256 with 4 tasks on one thread: each task's gradients and the representation's beside the joint step's, the recording of gradients, and each
/// balancer's own time as a share of its step. Bursts alternate; the best median of each counts.
/// </summary>
internal static class GradientCosts
{
    private const int Rounds = 5;

    public static StepCase Case { get; } = new(256, 256, PerTask: true, Threads: 1);

    /// <summary>Operations of a step with each task's gradients over those of a joint step, and 5 % for all else.</summary>
    private const double MostPerTask = 2.03 * 1.05;

    private const double MostOfRepresentation = 1.15;
    private const double MostOfRecording = 1.03;
    private const double MostOfBalancer = 0.2;

    public static void Report()
    {
        Console.WriteLine($"\nGradients at {Case.Size}, {StepCase.Tasks} tasks, one thread: microseconds per whole step, and times the joint step.");
        (string Name, double Most, Func<ISteps> Make)[] kinds =
        [
            ("joint", 1, () => new ProductSteps(Case with { PerTask = false })),
            ("joint, gradients recorded", MostOfRecording, () => new ProductSteps(Case with { PerTask = false }, definition => definition with { Training = definition.Training with { AnalysisEvery = new TrainingDefinition().AnalysisEvery } })),
            ("per task (PCGrad)", MostPerTask, () => new ProductSteps(Case)),
            ("representation (PCGrad)", MostOfRepresentation, () => new ProductSteps(Case, definition => definition with { Training = definition.Training with { Gradients = SharedGradients.Representation } })),
        ];
        var times = Best([.. kinds.Select(kind => kind.Make)], burst: burst => burst.Average());
        foreach (var (kind, seconds) in kinds.Zip(times))
            Console.WriteLine(Row(kind.Name, seconds, $"{Number(seconds / times[0], "0.00")}×", kind.Most == 1 ? "" : $"at most {Number(kind.Most, "0.00")}×"));

        Console.WriteLine($"\nEach balancer's own time at {Case.Size}: microseconds per whole step, and what it has more than one that only computes the tasks' gradients ({Number(MostOfBalancer * 100, "0")} % at most), as a share of it.");
        foreach (var key in Balancers())
        {
            var both = Best([() => new TaskSteps(Case), () => new ProductSteps(Case, definition => definition with { Weighting = new Choice(key) })], TrainBenchmark.Median);
            Console.WriteLine(Row(key, both[1], $"{Number(100 * (both[1] - both[0]) / both[1], "0.0")} %", ""));
        }
    }

    /// <summary>The keys of the gradient balancers that weigh this case's tasks with their default options.</summary>
    private static IEnumerable<string> Balancers()
    {
        var definition = ProductSteps.Definition(Case);
        var table = ProductSteps.Table();
        foreach (var key in WeightingTable.Methods.Infos.Select(method => method.Key))
        {
            var plan = TrainingPlan.Create(definition with { Weighting = new Choice(key) }, table, MethodCatalogue.Standard);
            if (!plan.IsSuccess)
                Console.WriteLine(Row(key, double.NaN, "", plan.Error.Message));
            else if (plan.Value.MakeWeighting() is GradientBalancer)
                yield return key;
        }
    }

    private static double[] Best(Func<ISteps>[] makes, Func<double[], double> burst)
    {
        var sides = makes.Select(make => make()).ToArray();
        try
        {
            var lengths = Array.ConvertAll(sides, TrainBenchmark.BurstLength);
            var best = Enumerable.Repeat(double.MaxValue, sides.Length).ToArray();
            for (var round = 0; round < Rounds; round++)
                for (var side = 0; side < sides.Length; side++)
                    best[side] = Math.Min(best[side], burst(sides[side].Burst(lengths[side])));
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
