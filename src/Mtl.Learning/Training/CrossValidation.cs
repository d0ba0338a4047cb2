using System.Globalization;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;
using Mtl.Learning.Metrics;

namespace Mtl.Learning.Training;

/// <summary>
/// K-fold cross-validation of a definition's grid (<see cref="CrossValidationDefinition"/>) on its training rows. The fold that is left out measures, and decides early stopping as validation rows do in
/// training. Every score is a function of definition, table, combination and fold (one thread, whatever the run has), so what an earlier, interrupted run has scored can be given back and is not done
/// again; what comes out is the same to the bit. A combination whose training fails in a fold scores NaN, which is worse than any number.
/// <code>
/// var chosen = CrossValidation.Run(definition, table, MethodCatalogue.Standard).Value.Chosen;       // a definition without a grid, to train
/// </code>
/// </summary>
public static class CrossValidation
{
    private const string RelativeLoss = "relative_loss";

    /// <param name="definition">With a cross-validation.</param>
    /// <param name="table">Its data.</param>
    /// <param name="catalogue">The methods.</param>
    /// <param name="source">What the definition's transfer speaks of; null when it has none.</param>
    /// <param name="known">Scores of an earlier run, combination after combination, fold after fold; null or shorter for what is still to do.</param>
    /// <param name="scored">Hears of each new score with all scores so far.</param>
    /// <param name="log">Hears of each combination's result, those known before left out, and of the choice.</param>
    /// <param name="stop">Stops within one training step.</param>
    /// <returns>The result, whose <see cref="CrossValidationOutcome.Chosen"/> is null when it was stopped; or what is wrong with the definition.</returns>
    public static Result<CrossValidationOutcome> Run(
        ExperimentDefinition definition,
        Table table,
        ICatalogue catalogue,
        TransferSource? source = null,
        IReadOnlyList<double>? known = null,
        Action<IReadOnlyList<double>>? scored = null,
        Action<string>? log = null,
        CancellationToken stop = default)
    {
        var completed = DefinitionRules.Complete(definition, catalogue);
        if (!completed.IsSuccess)
            return completed.Error;
        if (completed.Value.CrossValidation is not { } cross)
            return Error.Invalid("The definition has no cross-validation.", "Give it crossValidation.grid.", "crossValidation");
        var split = Splits.Of(table, definition.Split, definition.Training.Seed);
        if (!split.IsSuccess)
            return split.Error;
        if (split.Value.Train.Length < cross.Folds)
            return Error.Invalid($"{split.Value.Train.Length} training rows can't be cut into {cross.Folds} folds.", "Use fewer folds.", "crossValidation.folds");

        var folds = Folds.Of(table, split.Value.Train, definition.Split, cross.Folds, definition.Training.Seed);
        if (Array.FindIndex(folds, fold => fold.Length == 0) is var empty and >= 0)
            return Error.Invalid($"Fold {empty + 1} of {cross.Folds} has no row: the split column has too few values among the training rows.", "Use fewer folds, or another kind of split.", "crossValidation.folds");
        var points = GridRules.Points(completed.Value).Select(point => (point.Values, Definition: point.Definition.Value)).ToArray();
        List<double> scores = [.. (known ?? []).Take(points.Length * folds.Length)];
        List<GridPoint> results = [];
        foreach (var (values, point) in points)
        {
            var first = results.Count * folds.Length;
            var isKnown = scores.Count >= first + folds.Length;
            for (var fold = 0; fold < folds.Length; fold++)
            {
                if (scores.Count > first + fold)
                    continue;
                var score = ScoreOf(point, table, catalogue, source, Sides(folds, fold), cross.Score, stop);
                if (!score.IsSuccess)
                    return score.Error;
                if (score.Value is not { } value)
                    return new CrossValidationOutcome(NameOf(cross), IsHigherBetter(cross.Score), results, -1, null);
                scores.Add(value);
                scored?.Invoke(scores);
            }

            results.Add(GridPoint.Of(values, [.. scores.GetRange(first, folds.Length)]));
            if (isKnown)
                continue;
            log?.Invoke(string.Create(
                CultureInfo.InvariantCulture, $"Cross-validation {results.Count} of {points.Length}: {GridRules.Show(values)}: {NameOf(cross)} {results[^1].Mean:G5} ± {results[^1].Deviation:G3} over {folds.Length} folds."));
        }

        var sign = IsHigherBetter(cross.Score) ? 1 : -1;
        var best = Enumerable.Range(0, results.Count).Where(index => !double.IsNaN(results[index].Mean)).OrderByDescending(index => sign * results[index].Mean).FirstOrDefault(-1);
        if (best < 0)
            return Error.Invalid("No combination of the cross-validation could be trained in every fold.", "Lower the learning rate, clip gradients, or try other values.", "crossValidation.grid");
        log?.Invoke($"Cross-validation chose {GridRules.Show(results[best].Values)}.");
        return new CrossValidationOutcome(NameOf(cross), sign > 0, results, best, points[best].Definition);
    }

    private static SplitIndices Sides(int[][] folds, int left) =>
        new([.. folds.Where((_, index) => index != left).SelectMany(rows => rows).Order()], folds[left], folds[left]);

    /// <summary>A combination's score on a fold; null when stopped, NaN when training failed.</summary>
    private static Result<double?> ScoreOf(ExperimentDefinition point, Table table, ICatalogue catalogue, TransferSource? source, SplitIndices sides, string score, CancellationToken stop)
    {
        var plan = TrainingPlan.CreateForFold(point, table, catalogue, source, sides);
        if (!plan.IsSuccess)
            return plan.Error;
        return new Trainer(plan.Value).Run(new Silence(), null, stop) switch
        {
            TrainingOutcome.Stopped => (double?)null,
            TrainingOutcome.Completed(var result) => score.Length == 0 ? RelativeLossOf(plan.Value, result) : MetricOf(result, score),
            _ => double.NaN,
        };
    }

    private static double? RelativeLossOf(TrainingPlan plan, TrainingResult result)
    {
        var constants = ConstantLosses.Of(plan);
        var losses = result.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value);
        return plan.Tasks.Index()
            .Where(task => Array.Exists(plan.TestRows, row => plan.Data.Labelled[task.Index][row] != 0))
            .Average(task => losses[$"{task.Item.Name}/test_loss"] / Math.Max(constants[task.Index], 1e-12));
    }

    private static Result<double?> MetricOf(TrainingResult result, string score)
    {
        var key = score.Insert(score.LastIndexOf('/') + 1, "test_");
        return result.Metrics.FirstOrDefault(metric => metric.Key == key) is { Key: not null } found
            ? (double?)found.Value
            : Error.Invalid(
                $"The score '{score}' is none that a fold has, or it is undefined there; there are {string.Join(", ", result.Metrics.Take(12).Select(metric => metric.Key.Replace("test_", "", StringComparison.Ordinal)))}{(result.Metrics.Count > 12 ? ", …" : "")}.",
                "Name a task and one of its metrics.",
                "crossValidation.score");
    }

    private static bool IsHigherBetter(string score) =>
        MetricTable.Methods.Create(new Choice(score[(score.LastIndexOf('/') + 1)..])) is { IsSuccess: true, Value: { HigherIsBetter: true } };

    private static string NameOf(CrossValidationDefinition cross) => cross.Score.Length == 0 ? RelativeLoss : cross.Score;

    private sealed class Silence : ITrainingListener
    {
        public void Started(TrainingFacts facts)
        {
        }

        public void Progress(TrainingPosition position)
        {
        }

        public void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values)
        {
        }

        public void Log(TrainingLogLevel level, string message)
        {
        }

        public void Checkpoint(Checkpoint checkpoint)
        {
        }
    }
}

/// <summary>What a cross-validation found.</summary>
/// <param name="Score">What was compared: a metric's key, or <c>relative_loss</c>.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Points">The combinations that are done, in the grid's order.</param>
/// <param name="Best">Index of the chosen one: the best mean, the first of equal ones; -1 when stopped.</param>
/// <param name="Chosen">The definition with its values and without cross-validation; null when stopped.</param>
public sealed record CrossValidationOutcome(string Score, bool HigherIsBetter, IReadOnlyList<GridPoint> Points, int Best, ExperimentDefinition? Chosen);

/// <summary>One combination's scores.</summary>
/// <param name="Values">By option.</param>
/// <param name="Scores">By fold; NaN where training failed.</param>
/// <param name="Mean">Of the scores.</param>
/// <param name="Deviation">Their standard deviation (K − 1).</param>
public sealed record GridPoint(IReadOnlyDictionary<string, JsonNode?> Values, IReadOnlyList<double> Scores, double Mean, double Deviation)
{
    internal static GridPoint Of(IReadOnlyDictionary<string, JsonNode?> values, double[] scores)
    {
        var mean = scores.Average();
        return new GridPoint(values, scores, mean, Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1)));
    }
}
