using Mtl.Core;

namespace Mtl.Application.Models;

/// <summary>Predictions from raw rows, all tasks at once.</summary>
public interface IPredictions
{
    /// <summary>Predicts rows given as column → text (null or empty: missing). An unknown column, a missing column or a number that isn't one is refused by row and column.</summary>
    Task<Result<IReadOnlyList<RowPrediction>>> PredictAsync(
        string name, string version, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows, CancellationToken cancellation = default);

    /// <summary>Predicts a CSV: gives back the same rows with columns for every task (value, or label and probability, and what else the model gives: deviation, quantiles, a reconstruction's error), as a temporary file's stream that goes when it is closed.</summary>
    Task<Result<Stream>> PredictCsvAsync(string name, string version, Stream csv, CancellationToken cancellation = default);
}

/// <summary>One row's predictions, in task order.</summary>
public sealed record RowPrediction(IReadOnlyList<TaskPrediction> Tasks);

/// <summary>One task's prediction.</summary>
/// <param name="Value">Regression: the number in the column's units. Classification: the probability of <paramref name="Label"/>. Reconstruction: its mean squared error, as the rebuilt features have no unit of a column.</param>
/// <param name="Label">The most probable label; empty for regression.</param>
/// <param name="Probabilities">Label → probability; empty for regression.</param>
public sealed record TaskPrediction(string Task, double Value, string Label, IReadOnlyDictionary<string, double> Probabilities)
{
    /// <summary>What else the model gives for the task, by tensor as its signature names it: <c>{task}_std</c>, <c>{task}_quantiles</c>, <c>{task}_error</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Extras { get; init; } = new Dictionary<string, IReadOnlyList<double>>();
}
