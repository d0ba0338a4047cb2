using System.Text.Json.Nodes;

namespace Mtl.Core.Definitions;

/// <summary>
/// Chooses options by K-fold cross-validation before training: every combination of the grid's values is trained K times on the training rows without one fold and measured on that fold; the one with
/// the best mean score is trained. Validation and test rows are never seen.
/// </summary>
public sealed record CrossValidationDefinition
{
    /// <summary>K: parts that the training rows are cut into, as the split cuts them (stratified, or whole groups); 2 to 20.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Values to try by the option's place in the definition: <c>optimizer.learningRate</c>, <c>weighting.weights</c>, <c>training.epochs</c>, <c>learner.lambda</c>, or a method's key (<c>weighting</c>).
    /// All combinations are tried, at most 200.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JsonNode?>> Grid { get; init; } = new Dictionary<string, IReadOnlyList<JsonNode?>>();

    /// <summary>
    /// What is compared: a metric by its key without the split (<c>income/roc_auc</c>, <c>all/r2</c>), one that has a better direction. Empty: the mean over tasks of the loss relative to that of the best constant prediction.
    /// </summary>
    public string Score { get; init; } = "";
}
