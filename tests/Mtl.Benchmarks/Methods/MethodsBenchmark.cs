using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mtl.Benchmarks.Methods;

/// <summary>
/// <c>mtl bench methods [--fresh] [--alone] [--only=hps,mmoe] [problem …]</c>: trains every method, or the architectures and classical rows after <c>--only</c>, on every problem, or the named ones, and writes
/// <c>docs/results.md</c>. Two runs at a time with one thread each, <c>--alone</c> one. What an earlier call has trained is not trained again, so a call that was cut off is taken up by the next; <c>--fresh</c> begins anew.
/// </summary>
internal static class MethodsBenchmark
{
    public const int Seeds = 3;

    private const string Fresh = "--fresh";
    private const string Alone = "--alone";
    private const string Only = "--only=";

    public static IEnumerable<RunCase> RunsOf(Problem problem, MethodCase method) => Enumerable.Range(1, Seeds).Select(seed => new RunCase(problem, method, seed));

    public static int Run(IReadOnlyList<string> arguments)
    {
        var wanted = arguments.Where(argument => argument is not (Fresh or Alone) && !argument.StartsWith(Only, StringComparison.Ordinal)).ToArray();
        var only = arguments.FirstOrDefault(argument => argument.StartsWith(Only, StringComparison.Ordinal))?[Only.Length..].Split(',');
        var atATime = arguments.Contains(Alone) ? 1 : 2;
        string[] known = [.. Problems.All.Select(problem => problem.Name), CorrelationStudy.Name];
        if (wanted.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no problem '{unknown}'. Problems are: {string.Join(", ", known)}.");
            return 2;
        }

        string[] rows = [.. MethodCase.All.Select(method => method.Name).Distinct()];
        if (only?.FirstOrDefault(name => !rows.Contains(name)) is { } missing)
        {
            Console.Error.WriteLine($"There is no row '{missing}'. Rows are: {string.Join(", ", rows)}.");
            return 2;
        }

        bool IsWanted(string name) => wanted.Length == 0 || wanted.Contains(name);
        var store = new OutcomeStore(arguments.Contains(Fresh));
        List<RunCase> runs = [.. from problem in Problems.All where IsWanted(problem.Name) from seed in Enumerable.Range(1, Seeds) from method in MethodCase.All where only?.Contains(method.Name) != false select new RunCase(problem, method, seed)];
        if (IsWanted(CorrelationStudy.Name))
            runs.InsertRange(0, CorrelationStudy.Runs);
        RunCase[] open = [.. runs.Where(run => !store.Has(run))];
        Console.WriteLine($"{runs.Count} runs, {runs.Count - open.Length} of them known from before; {atATime} at a time.");
        Work(open, store, atATime);
        ResultsPage.Write(store);
        Console.WriteLine($"Wrote {ResultsPage.Path}.");
        return 0;
    }

    private static void Work(RunCase[] open, OutcomeStore store, int atATime)
    {
        var (clock, done, givenUp) = (Stopwatch.StartNew(), 0, new ConcurrentDictionary<(string Problem, string Method), string>());
        Parallel.ForEach(Partitioner.Create(open, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = atATime }, run =>
        {
            var key = (run.Problem.Name, run.Method.Key);
            var outcome = givenUp.TryGetValue(key, out var reason) ? Outcome.Without(reason) : Attempt(run);
            if (outcome.Reason.Length > 0)
                givenUp[key] = outcome.Reason;
            store.Add(run, outcome);
            var count = Interlocked.Increment(ref done);
            var left = TimeSpan.FromSeconds(clock.Elapsed.TotalSeconds / count * (open.Length - count));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count,4}/{open.Length}  {clock.Elapsed:mm\\:ss}  about {left:mm\\:ss} left  {run.Problem.Name} {run.Method.Key} seed {run.Seed}: {(outcome.Reason.Length > 0 ? outcome.Reason : $"{outcome.Seconds:0.0} s  {string.Join("  ", run.Problem.Metrics.Select(metric => $"{outcome.Metrics[metric.Key]:0.0000}"))}")}"));
            if (count % 50 == 0)
                lock (store)
                    ResultsPage.Write(store);
        });
    }

    private static Outcome Attempt(RunCase run)
    {
        try
        {
            return run.Run();
        }
#pragma warning disable CA1031 // One method that breaks is a line of the page; the others' figures stay.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Outcome.Without($"broke: {e.Message.Split('\n')[0]}");
        }
    }
}
