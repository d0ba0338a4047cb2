using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>Answers of the platform's own API, as the browser's scripts hand them over.</summary>
public static class ApiAnswer
{
    /// <summary>The error in a refused request's answer: a problem document (RFC 9457) with <c>detail</c>, and <c>advice</c> beside it.</summary>
    public static Error Error(int status, string text)
    {
        if (status == 0)
            return Core.Error.Unavailable("The server could not be reached.", "Check that it is running, then try again.");
        var problem = Parse(text);
        var message = Text(problem, "detail") ?? Text(problem, "message") ?? Text(problem, "title");
        return status == 413 && message is null
            ? Core.Error.TooLarge("The file is larger than the server accepts.", "Put it on the server and give its path instead.")
            : Core.Error.Invalid(message ?? $"The server refused the file (HTTP {status}).", Text(problem, "advice") ?? "", Text(problem, "field") ?? "");
    }

    /// <summary>The document of an accepted request.</summary>
    public static Result<T> Read<T>(int status, string text) => status is >= 200 and < 300 ? DefinitionJson.Read<T>(text) : Error(status, text);

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? document, string member) => document?[member] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
