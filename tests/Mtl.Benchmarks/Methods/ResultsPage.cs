using System.Globalization;
using System.Text;

namespace Mtl.Benchmarks.Methods;

/// <summary>Writes what the runs have given so far as <c>docs/results.md</c>.</summary>
internal static class ResultsPage
{
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "results.md");

    public static void Write(OutcomeStore store)
    {
        var page = new StringBuilder();
        Line(page, $"""
            # Results

            Written by `./mtl bench methods`: every architecture that shares with five weightings, beside separate networks (`stl`), one ridge for all tasks (`pooled`) and one for each (`linear`), on small problems from
            {MethodsBenchmark.Seeds} seeds each. Means ± sample deviations over the seeds of test metrics at the epoch that was best in validation. Δm is the mean over the metrics of the relative change against `stl` of the same
            seed, in percent, positive is better; it is small beside its deviation more often than not. The options are the catalogue's defaults, tuned for no method and no problem, and the problems are cut down until all
            of it ends in minutes: the tables show that the methods work and what they cost here, not which one is best. The ridges take an image's pixels as numbers. Seconds are processor time of training on one thread,
            loading included. What was refused or given up (training over {RunCase.MostSeconds} s, graphs too large to load in that time) stands below its table.
            """);
        foreach (var problem in Problems.All)
            Add(page, problem, store);
        AddStudy(page, store);
        File.WriteAllText(Path, page.ToString().Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static void Add(StringBuilder page, Problem problem, OutcomeStore store)
    {
        var outcomes = MethodCase.All.ToDictionary(method => method, method => MethodsBenchmark.RunsOf(problem, method).Select(store.Find).ToArray());
        var baseline = outcomes[MethodCase.All.First(method => method.Name == MethodCase.Baseline)];
        Line(page, $"\n## {problem.Title}\n\n{problem.Description}\n");
        if (outcomes.Values.All(of => of.All(outcome => outcome is null)))
        {
            Line(page, $"Not run yet: `./mtl bench methods {problem.Name}`.");
            return;
        }

        Line(page, $"| method | weighting | {string.Join(" | ", problem.Metrics.Select(metric => metric.Title))} | Δm, % | seconds |");
        Line(page, $"| --- | --- |{string.Concat(Enumerable.Repeat(" ---: |", problem.Metrics.Count + 2))}");
        foreach (var (method, of) in outcomes.Where(entry => entry.Value.Any(outcome => outcome is { Reason: "" })))
        {
            var cells = problem.Metrics.Select(metric => Figures.Of(of.OfType<Outcome>().Where(outcome => outcome.Reason.Length == 0).Select(outcome => outcome.Metrics[metric.Key])).WithDeviation("0.0000"));
            var deltas = of.Zip(baseline, (outcome, alone) => DeltaM(problem, outcome, alone)).OfType<double>();
            var seconds = Figures.Of(of.OfType<Outcome>().Where(outcome => outcome.Reason.Length == 0).Select(outcome => outcome.Seconds));
            var name = seconds.Count < MethodsBenchmark.Seeds ? $"{method.Name} ({seconds.Count} of {MethodsBenchmark.Seeds} seeds)" : method.Name;
            Line(page, $"| {name} | {method.Weighting} | {string.Join(" | ", cells)} | {Figures.Of(deltas).WithDeviation("+0.00")} | {seconds.Mean.ToString("0.0", CultureInfo.InvariantCulture)} |");
        }

        var without = outcomes.Where(entry => entry.Value.All(outcome => outcome is not { Reason: "" })).GroupBy(entry => entry.Value.OfType<Outcome>().FirstOrDefault()?.Reason ?? "not run").ToArray();
        if (without.Length > 0)
            Line(page, "\nWithout result:\n");
        foreach (var group in without)
            Line(page, $"- {string.Join(", ", group.Select(entry => $"`{entry.Key.Key}`"))}: {group.Key}");
        if (problem.Note.Length > 0)
            Line(page, $"\n{problem.Note}");
    }

    private static double? DeltaM(Problem problem, Outcome? outcome, Outcome? alone)
    {
        if (outcome is not { Reason: "" } || alone is not { Reason: "" })
            return null;
        var mean = problem.Metrics.Average(metric => (metric.HigherIsBetter ? 100 : -100) * (outcome.Metrics[metric.Key] - alone.Metrics[metric.Key]) / Math.Abs(alone.Metrics[metric.Key]));
        return double.IsFinite(mean) ? mean : null;
    }

    private static void AddStudy(StringBuilder page, OutcomeStore store)
    {
        Line(page, $"""

            ## Task correlation (MMoE)

            The study of Ma et al., KDD 2018, section 4: two tasks made by its generator, relatedness ρ (the cosine of their weights). Mean test loss of both tasks (squared error of standardised labels, so 1 is what
            the best constant has), with the 95 % interval of the mean over {CorrelationStudy.Seeds} seeds. `hps` has one shared layer of 128 units, `mmoe` 8 experts of 16, `stl` 64 units for each task, all with heads of 8 hidden units.

            """);
        var losses = CorrelationStudy.Methods.ToDictionary(method => method.Name, method => CorrelationStudy.Problems.Select(problem => LossesOf(problem.Problem, method, store)).ToArray());
        if (losses.Values.All(of => of.All(seeds => seeds.All(double.IsNaN))))
        {
            Line(page, $"Not run yet: `./mtl bench methods {CorrelationStudy.Name}`.");
            return;
        }

        Line(page, $"| ρ | {string.Join(" | ", losses.Keys)} |");
        Line(page, $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", losses.Count))}");
        foreach (var (row, problem) in CorrelationStudy.Problems.Index())
            Line(page, $"| {problem.Correlation.ToString(CultureInfo.InvariantCulture)} | {string.Join(" | ", losses.Values.Select(of => Known(of[row]).WithInterval("0.0000")))} |");
        Line(page, "\nThe paper finds that the loss rises as ρ falls, least with MMoE. Here, by differences within the same seed (inputs and noise do not depend on ρ), with their 95 % intervals:\n");
        foreach (var (name, of) in losses)
            Line(page, $"- `{name}`: from ρ = 1 to ρ = 0 the loss changes by {Rise(of)}.");
        Line(page, $"- {Against("hps", losses)}\n- {Against("stl", losses)}");
    }

    /// <summary>The mean test loss of both tasks by seed; NaN where there is none.</summary>
    private static double[] LossesOf(Problem problem, MethodCase method, OutcomeStore store) =>
    [
        .. Enumerable.Range(1, CorrelationStudy.Seeds).Select(seed => store.Find(new RunCase(problem, method, seed)) is { Reason: "" } outcome ? problem.Metrics.Average(metric => outcome.Metrics[metric.Key]) : double.NaN),
    ];

    private static Figures Known(IEnumerable<double> values) => Figures.Of(values.Where(double.IsFinite));

    private static Figures Differences(double[] after, double[] before) => Known(after.Zip(before, (a, b) => a - b));

    private static string Rise(double[][] falling)
    {
        var steps = string.Join(", ", falling.Zip(falling.Skip(1), (before, after) => Differences(after, before).Mean.ToString("+0.0000;−0.0000;0.0000", CultureInfo.InvariantCulture)));
        return $"{Verdict(Differences(falling[^1], falling[0]), "a rise", "a fall")}; step by step {steps}";
    }

    private static string Against(string other, Dictionary<string, double[][]> losses)
    {
        double[] Change(string name) => [.. losses[name][^1].Zip(losses[name][0], (last, first) => last - first)];
        return $"The change with `mmoe` less that with `{other}`: {Verdict(Differences(Change("mmoe"), Change(other)), $"more than with `{other}`", $"less than with `{other}`, as in the paper")}.";
    }

    private static string Verdict(Figures difference, string above, string below) => difference.Count < 2
        ? "not known"
        : $"{difference.WithInterval("+0.0000")} ({(Math.Abs(difference.Mean) <= difference.HalfWidth ? "no evidence of a change either way" : difference.Mean > 0 ? above : below)})";

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');
}
