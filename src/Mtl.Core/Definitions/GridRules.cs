using System.Globalization;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>The combinations of a cross-validation's grid as definitions, and what may be wrong with them.</summary>
public static class GridRules
{
    /// <summary>Most combinations of one grid.</summary>
    public const int MaximumPoints = 200;

    private static readonly string[] Places = ["inputs", "preprocessing", "learner", "featureSpace", "architecture", "encoder", "weighting", "optimizer", "regularizers", "training", "tasks"];

    /// <summary>Every combination in order, the last option varying fastest: its values, and the definition that has them and no cross-validation.</summary>
    public static IEnumerable<(IReadOnlyDictionary<string, JsonNode?> Values, Result<ExperimentDefinition> Definition)> Points(ExperimentDefinition definition)
    {
        var grid = definition.CrossValidation!.Grid.ToArray();
        var indices = new int[grid.Length];
        while (true)
        {
            var values = grid.Index().ToDictionary(option => option.Item.Key, option => option.Item.Value[indices[option.Index]]);
            yield return (values, With(definition, values));
            var place = grid.Length - 1;
            while (place >= 0 && ++indices[place] == grid[place].Value.Count)
                indices[place--] = 0;
            if (place < 0)
                yield break;
        }
    }

    /// <summary>What is wrong with a definition's cross-validation first; null when nothing is, or there is none.</summary>
    internal static Error? Broken(ExperimentDefinition definition, ICatalogue catalogue)
    {
        if (definition.CrossValidation is not { } cross)
            return null;
        if (cross.Folds is < 2 or > 20)
            return Error.Invalid($"crossValidation.folds is {cross.Folds}; allowed is 2 to 20.", field: "crossValidation.folds");
        if (cross.Grid.Count == 0)
            return Error.Invalid("crossValidation.grid is empty; it holds the values to try by option, as in optimizer.learningRate: [0.001, 0.01].", field: "crossValidation.grid");
        foreach (var (option, values) in cross.Grid)
        {
            if (!Places.Contains(option.Split('.', '[')[0]))
            {
                return Error.Invalid(
                    $"crossValidation.grid names '{option}'; options of {string.Join(", ", Places)} can be chosen.", "Name an option as in optimizer.learningRate.", $"crossValidation.grid.{option}");
            }

            if (values is null || values.Count == 0)
                return Error.Invalid($"crossValidation.grid has no value for '{option}'; a list of the values to try is expected.", field: $"crossValidation.grid.{option}");
        }

        var points = cross.Grid.Values.Aggregate(1L, (product, values) => Math.Min(int.MaxValue, product * values.Count));
        if (points > MaximumPoints)
            return Error.Invalid($"crossValidation.grid has {points} combinations; at most {MaximumPoints} are tried.", "Try fewer values at a time.", "crossValidation.grid");
        foreach (var (values, point) in Points(definition))
        {
            var completed = point.Then(valid => DefinitionRules.Complete(valid, catalogue));
            if (!completed.IsSuccess)
            {
                return Error.Invalid(
                    $"crossValidation.grid: with {Show(values)} the definition is wrong: {completed.Error.Message}", completed.Error.Advice, "crossValidation.grid");
            }
        }

        return null;
    }

    /// <summary><c>optimizer.learningRate = 0.01, training.epochs = 5</c>.</summary>
    public static string Show(IReadOnlyDictionary<string, JsonNode?> values) => string.Join(", ", values.Select(value => $"{value.Key} = {value.Value?.ToJsonString() ?? "null"}"));

    private static Result<ExperimentDefinition> With(ExperimentDefinition definition, IReadOnlyDictionary<string, JsonNode?> values)
    {
        var document = JsonNode.Parse(DefinitionJson.Write(definition with { CrossValidation = null }))!;
        foreach (var (option, value) in values)
            if (!Put(document, option.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'), value))
                return Error.Invalid($"The definition has no place '{option}'.");
        return DefinitionJson.Read<ExperimentDefinition>(document.ToJsonString());
    }

    /// <summary>Sets a value deep in a document; a method that is written as its key alone becomes an object when one of its options is set. False where the path leads nowhere.</summary>
    private static bool Put(JsonNode document, string[] path, JsonNode? value)
    {
        var place = document;
        foreach (var key in path[..^1])
        {
            var next = place is JsonArray list ? At(list, key) : place[key];
            if (next is JsonValue method && place is JsonObject holder)
                holder[key] = next = new JsonObject { ["key"] = method.DeepClone() };
            if (next is not (JsonObject or JsonArray))
                return false;
            place = next;
        }

        if (place is not JsonObject last)
            return false;
        last[path[^1]] = value?.DeepClone();
        return true;
    }

    private static JsonNode? At(JsonArray list, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count ? list[index] : null;
}
