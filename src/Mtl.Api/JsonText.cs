using System.Text.Json;
using Mtl.Core;

namespace Mtl.Api;

/// <summary>JSON values in words, for errors.</summary>
internal static class JsonText
{
    private const int LongestQuote = 40;

    /// <summary>What kind of value it is.</summary>
    public static string Noun(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };

    /// <summary>The value as it was sent, the beginning of a long one.</summary>
    public static string Quote(JsonElement value) => value.GetRawText() is { Length: > LongestQuote } raw ? $"{raw[..LongestQuote]}…" : value.GetRawText();

    /// <summary>The <c>name</c> of an object.</summary>
    public static Result<string> Name(JsonElement item, string field) => Member(item, field, "name");

    /// <summary>A text member of an object.</summary>
    public static Result<string> Member(JsonElement item, string field, string member) => item.TryGetProperty(member, out var text)
        ? text.ValueKind == JsonValueKind.String ? text.GetString()! : Error.Invalid($"{field}.{member} is {Noun(text)}; it must be a text.")
        : Error.Invalid($"{field}.{member} is not given.");
}
