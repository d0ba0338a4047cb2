using System.Text.Json;
using Mtl.Core;

namespace Mtl.Api.Native;

/// <summary>Rows as clients send them to be predicted: column → number, text, truth value, or null for a missing one.</summary>
internal static class JsonRows
{
    /// <summary>The cells as texts, which is how predictions take them; null stays null.</summary>
    public static Result<IReadOnlyList<IReadOnlyDictionary<string, string?>>> ToTexts(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> rows)
    {
        var texts = new List<IReadOnlyDictionary<string, string?>>(rows.Count);
        foreach (var row in rows)
        {
            if (row is null)
                return Error.Invalid($"Row {texts.Count + 1} is null; a row is an object of column and value.");
            foreach (var (column, cell) in row)
                if (cell.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                    return Error.Invalid($"Row {texts.Count + 1}: '{column}' is {JsonText.Noun(cell)}; a number, a text or null is expected.", field: column);
            texts.Add(row.ToDictionary(cell => cell.Key, cell => Text(cell.Value)));
        }

        return texts;
    }

    private static string? Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };
}
