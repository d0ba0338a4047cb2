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
/// again; what comes out is the same to the bit. A combination whose training fails in a fold scores NaN there, which is worse than any number. A fold in which every combination scores NaN, as one in which a
/// metric is undefined (ROC AUC with one class), tells nothing of them and is not counted.
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
        var isRepeated = scores.Count == points.Length * folds.Length;
        for (var index = 0; index < points.Length; index++)
        {
            var (values, point) = points[index];
            var first = index * folds.Length;
            var isKnown = scores.Count >= first + folds.Length;
            for (var fold = 0; fold < folds.Length; fold++)
            {
                if (scores.Count > first + fold)
                    continue;
                var score = ScoreOf(point, table, catalogue, source, Sides(folds, fold), cross.Score, stop);
                if (!score.IsSuccess)
                    return score.Error;
                if (score.Value is not { } value)
                    return new CrossValidationOutcome(NameOf(cross), IsHigherBetter(cross.Score), Results(), -1, null);
                scores.Add(value);
                scored?.Invoke(scores);
            }

            if (isKnown)
                continue;
            double[] counted = [.. scores.GetRange(first, folds.Length).Where(score => !double.IsNaN(score))];
            log?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Cross-validation {index + 1} of {points.Length}: {GridRules.Show(values)}: {NameOf(cross)} {Mean(counted):G5} ± {Deviation(counted):G3} over {counted.Length} fold{(counted.Length == 1 ? "" : "s")}."));
        }

        var results = Results();
        var sign = IsHigherBetter(cross.Score) ? 1 : -1;
        var best = Enumerable.Range(0, results.Length).Where(index => !double.IsNaN(results[index].Mean)).OrderByDescending(index => sign * results[index].Mean).FirstOrDefault(-1);
        if (best < 0)
        {
            return Error.Invalid(
                $"No combination of the cross-validation has a {NameOf(cross)} in every fold: training failed, or it is undefined there.", "Lower the learning rate, clip gradients, try other values, or take another score.", "crossValidation.grid");
        }

        if (!isRepeated)
            log?.Invoke($"Cross-validation chose {GridRules.Show(results[best].Values)}.");
        return new CrossValidationOutcome(NameOf(cross), sign > 0, results, best, points[best].Definition);

        GridPoint[] Results()
        {
            var done = scores.Chunk(folds.Length).Where(own => own.Length == folds.Length).ToArray();
            int[] counted = [.. Enumerable.Range(0, folds.Length).Where(fold => done.Any(own => !double.IsNaN(own[fold])))];
            return [.. done.Zip(points, (own, point) => new GridPoint(point.Values, own, Mean([.. counted.Select(fold => own[fold])]), Deviation([.. counted.Select(fold => own[fold])])))];
        }
    }

    private static SplitIndices Sides(int[][] folds, int left) =>
        new([.. folds.Where((_, index) => index != left).SelectMany(rows => rows).Order()], folds[left], folds[left]);

    /// <summary>A combination's score on a fold; null when stopped, NaN when training failed or the score is undefined there.</summary>
    private static Result<double?> ScoreOf(ExperimentDefinition point, Table table, ICatalogue catalogue, TransferSource? source, SplitIndices sides, string score, CancellationToken stop)
    {
        var plan = TrainingPlan.CreateForFold(point, table, catalogue, source, sides);
        if (!plan.IsSuccess)
            return plan.Error;
        if (score.Length > 0 && Refused(plan.Value, score) is { } refused)
            return refused;
        return new Trainer(plan.Value).Run(new TrainingListener(), null, stop) switch
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
            .Select(task => losses[$"{task.Item.Name}/test_loss"] / Math.Max(constants[task.Index], 1e-12))
            .DefaultIfEmpty(double.NaN)
            .Average();
    }

    private static double MetricOf(TrainingResult result, string score)
    {
        var key = score.Insert(score.LastIndexOf('/') + 1, "test_");
        return result.Metrics.FirstOrDefault(metric => metric.Key == key) is { Key: not null } found ? found.Value : double.NaN;
    }

    /// <summary>What is wrong with a score before anything is trained: no fold can have it, or neither direction is better.</summary>
    private static Error? Refused(TrainingPlan plan, string score)
    {
        IEnumerable<string> Keys(string name, TaskKind kind) => MetricTable.For(kind).Where(metric => metric.HigherIsBetter is not null).Select(metric => $"{name}/{metric.Key}");
        string[] keys =
        [
            .. plan.Tasks.SelectMany(task => Keys(task.Name, task.Kind).Prepend($"{task.Name}/loss")),
            .. plan.Pools.SelectMany(pool => Keys(pool.Name, pool.Kind).Prepend($"{pool.Name}/loss")),
            .. plan.Pools.Where(pool => pool.Tasks.Length == plan.Tasks.Count).SelectMany(pool => Keys("all", pool.Kind)),
        ];
        return keys.Contains(score)
            ? null
            : Error.Invalid(
                $"The score '{score}' is none that folds can be compared by; there are {string.Join(", ", keys.Take(12))}{(keys.Length > 12 ? ", …" : "")}.",
                "Name a task and one of its metrics that has a better direction.",
                "crossValidation.score");
    }

    private static bool IsHigherBetter(string score) =>
        MetricTable.Methods.Create(new Choice(score[(score.LastIndexOf('/') + 1)..])) is { IsSuccess: true, Value: { HigherIsBetter: true } };

    private static double Mean(double[] scores) => scores.Length == 0 ? double.NaN : scores.Average();

    private static double Deviation(double[] scores) => Math.Sqrt(scores.Sum(score => Math.Pow(score - Mean(scores), 2)) / (scores.Length - 1));

    private static string NameOf(CrossValidationDefinition cross) => cross.Score.Length == 0 ? RelativeLoss : cross.Score;
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
/// <param name="Scores">By fold; NaN where training failed or the score is undefined.</param>
/// <param name="Mean">Of the scores in the folds that count: those in which some combination has one.</param>
/// <param name="Deviation">Their standard deviation (K − 1).</param>
public sealed record GridPoint(IReadOnlyDictionary<string, JsonNode?> Values, IReadOnlyList<double> Scores, double Mean, double Deviation);
