using System.Text.Json.Nodes;

namespace Mtl.Tracking.Runs;

/// <summary>A finished cross-validation.</summary>
/// <param name="Score">What was compared: a metric's key, or <c>relative_loss</c>.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Points">Every combination, in the grid's order.</param>
/// <param name="Best">Index of the chosen one.</param>
public sealed record CrossValidationResult(string Score, bool HigherIsBetter, IReadOnlyList<CrossValidationPoint> Points, int Best);

/// <summary>One combination of a grid.</summary>
/// <param name="Values">By option.</param>
/// <param name="Mean">Of the folds' scores.</param>
/// <param name="Deviation">Their standard deviation.</param>
public sealed record CrossValidationPoint(IReadOnlyDictionary<string, JsonNode?> Values, double Mean, double Deviation);
