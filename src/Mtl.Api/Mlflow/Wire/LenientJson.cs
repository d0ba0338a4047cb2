using System.Text;
using System.Text.Json;
using Mtl.Core;

namespace Mtl.Api.Mlflow.Wire;

/// <summary>Reads JSON as Python writes it: NaN, Infinity and -Infinity may stand as bare words, and the whole may be a text that holds the document (as clients of MLflow 1 sent it).</summary>
internal static class LenientJson
{
    private static readonly string[] Words = ["NaN", "-Infinity", "Infinity"];

    /// <summary>The document's object; an empty body is an empty object.</summary>
    public static Result<JsonDocument> Read(string body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return JsonDocument.Parse("{}");

        var document = Parse(body);
        if (document is { IsSuccess: true, Value.RootElement.ValueKind: JsonValueKind.String })
        {
            using var outer = document.Value;
            document = MessageReader.TextOf(outer.RootElement, "body").Then(Parse);
        }

        if (document is not { IsSuccess: true, Value.RootElement.ValueKind: not JsonValueKind.Object })
            return document;
        using var other = document.Value;
        return other.RootElement.ValueKind == JsonValueKind.Null
            ? JsonDocument.Parse("{}")
            : Error.Invalid($"The request's body is {JsonText.Noun(other.RootElement)}; it must be a JSON object.");
    }

    private static Result<JsonDocument> Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException first)
        {
            try
            {
                return JsonDocument.Parse(Quote(text));
            }
            catch (JsonException)
            {
                return Error.Invalid($"The request's body is not JSON: {first.Message}");
            }
        }
    }

    /// <summary>The document with bare words in quotes, outside of texts.</summary>
    private static string Quote(string json)
    {
        var quoted = new StringBuilder(json.Length + 16);
        var isText = false;
        for (var at = 0; at < json.Length; at++)
        {
            var word = isText ? null : Words.FirstOrDefault(word => string.CompareOrdinal(json, at, word, 0, word.Length) == 0);
            if (word is not null)
            {
                quoted.Append('"').Append(word).Append('"');
                at += word.Length - 1;
                continue;
            }

            quoted.Append(json[at]);
            if (isText && json[at] == '\\' && at + 1 < json.Length)
                quoted.Append(json[++at]);
            else if (json[at] == '"')
                isText = !isText;
        }

        return quoted.ToString();
    }
}
