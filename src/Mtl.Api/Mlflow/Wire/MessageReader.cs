using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Core;

namespace Mtl.Api.Mlflow.Wire;

/// <summary>
/// Reads requests by their table of fields: JSON as protocol buffers' JSON form allows it, or a query with repeated keys. What is wrong is Invalid in MLflow's words, with the field's path and value.
/// </summary>
internal static class MessageReader
{
    private const string SeeDocs = "See the API docs for more information about request parameters.";
    private const int LongestQuote = 200;

    public static Result<Message> Read(JsonElement json, IReadOnlyList<Field> fields, string path = "")
    {
        var values = new Dictionary<string, object>();
        foreach (var field in fields)
        {
            var name = path + field.Name;
            if (!TryFind(json, field, out var sent))
            {
                if (field.IsRequired)
                    return Missing(name);
                continue;
            }

            var value = ValueOf(sent, field, name);
            if (!value.IsSuccess)
                return value.Error;
            if (field.IsRequired && value.Value is "")
                return Missing(name);
            values[field.Name] = value.Value;
        }

        return new Message(values);
    }

    public static Result<Message> Read(IQueryCollection query, IReadOnlyList<Field> fields)
    {
        var values = new Dictionary<string, object>();
        foreach (var field in fields)
        {
            var sent = query.TryGetValue(field.Name, out var found) || (field.OldName.Length > 0 && query.TryGetValue(field.OldName, out found)) ? found : default;
            if (sent.Count == 0 || (field.IsRequired && sent.All(string.IsNullOrEmpty)))
            {
                if (field.IsRequired)
                    return Missing(field.Name);
                continue;
            }

            var value = field.Kind == FieldKind.Texts ? TextsOf(sent) : ValueOf(sent[^1] ?? "", field);
            if (!value.IsSuccess)
                return value.Error;
            values[field.Name] = value.Value;
        }

        return new Message(values);

        Result<object> TextsOf(IEnumerable<string?> texts)
        {
            foreach (var text in texts)
                if (Check(text ?? "", "query") is { IsSuccess: false, Error: var error })
                    return error;
            return texts.Select(text => text ?? "").ToArray();
        }
    }

    /// <summary>A JSON body with the values of the route's path.</summary>
    public static Result<Message> WithRoute(JsonElement json, IReadOnlyList<Field> fields, RouteValueDictionary route) =>
        Read(json, [.. fields.Where(field => !route.ContainsKey(field.Name))]).Then(message => WithRoute(message, route));

    /// <summary>The message with the values of the route's path.</summary>
    public static Result<Message> WithRoute(Message message, RouteValueDictionary route)
    {
        var names = route.Where(value => value.Value is string).ToDictionary(value => value.Key, value => (string)value.Value!);
        foreach (var (name, text) in names)
            if (Check(text, name) is { IsSuccess: false, Error: var wrong })
                return wrong;
        return message.With(names);
    }

    /// <summary>A JSON text.</summary>
    public static Result<string> TextOf(JsonElement value, string path)
    {
        try
        {
            return Check(value.GetString()!, path);
        }
        catch (InvalidOperationException)
        {
            return Error.Invalid($"Invalid value for parameter '{path}' supplied: its text holds half of a surrogate pair. {SeeDocs}", field: path);
        }
    }

    /// <summary>What no field may hold: the one character that databases do not take.</summary>
    private static Result<string> Check(string text, string path) => text.Contains('\0', StringComparison.Ordinal)
        ? Error.Invalid($"Invalid value for parameter '{path}' supplied: its text holds the character U+0000. {SeeDocs}", field: path)
        : text;

    private static bool TryFind(JsonElement json, Field field, out JsonElement value) =>
        (json.TryGetProperty(field.Name, out value) && value.ValueKind != JsonValueKind.Null)
        || (field.OldName.Length > 0 && json.TryGetProperty(field.OldName, out value) && value.ValueKind != JsonValueKind.Null);

    private static Result<object> ValueOf(JsonElement value, Field field, string path) => (field.Kind, value.ValueKind) switch
    {
        (FieldKind.Text, JsonValueKind.String) => TextOf(value, path).Then(text => Chosen(text, field, path)),
        (FieldKind.Text, JsonValueKind.Number) when field.Choices.Count > 0 && value.TryGetInt32(out var number) && number >= 1 && number <= field.Choices.Count => field.Choices[number - 1],
        (FieldKind.Integer, JsonValueKind.Number) when value.TryGetInt64(out var whole) => Bounded(whole, field, path),
        (FieldKind.Integer, JsonValueKind.Number) when IsWhole(value.GetDouble()) => Bounded((long)value.GetDouble(), field, path),
        (FieldKind.Integer, JsonValueKind.String) => TextOf(value, path).Then(text => Integer(text, field, path)),
        (FieldKind.Number, JsonValueKind.Number) => value.GetDouble(),
        (FieldKind.Number, JsonValueKind.String) => TextOf(value, path).Then(text => Number(text, path)),
        (FieldKind.Flag, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (FieldKind.Message, JsonValueKind.Object) => Read(value, field.Members, $"{path}.").Map<object>(message => message),
        (FieldKind.Texts, JsonValueKind.Array) => Items(value, path, (item, name) => item.ValueKind == JsonValueKind.String ? TextOf(item, name) : Wrong(item, name)),
        (FieldKind.Messages, JsonValueKind.Array) => Items(value, path, (item, name) => item.ValueKind == JsonValueKind.Object ? Read(item, field.Members, $"{name}.") : Wrong(item, name)),
        _ => Wrong(value, path),
    };

    private static Result<object> Items<T>(JsonElement list, string path, Func<JsonElement, string, Result<T>> read)
    {
        var items = new List<T>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            var value = read(item, $"{path}[{items.Count}]");
            if (!value.IsSuccess)
                return value.Error;
            items.Add(value.Value);
        }

        return items;
    }

    private static Result<object> ValueOf(string text, Field field) => Check(text, field.Name).Then(sent => field.Kind switch
    {
        FieldKind.Text => Chosen(sent, field, field.Name),
        FieldKind.Integer => Integer(sent, field, field.Name),
        FieldKind.Number => Number(sent, field.Name),
        FieldKind.Flag => bool.TryParse(sent, out var flag) ? flag : Error.Invalid($"Invalid boolean value: {Short(sent)}, must be 'true' or 'false'. {SeeDocs}", field: field.Name),
        _ => Invalid($"\"{Short(sent)}\"", field.Name, "A query can't hold messages."),
    });

    private static Result<object> Chosen(string text, Field field, string path) => field.Choices.Count == 0 || field.Choices.Contains(text)
        ? text
        : Invalid($"\"{Short(text)}\"", path, $"It must be one of {string.Join(", ", field.Choices)}.");

    private static Result<object> Integer(string text, Field field, string path) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? Bounded(value, field, path)
        : Invalid($"\"{Short(text)}\"", path, "Hint: Value was of type 'str'; a whole number of 64 bits is expected.");

    private static Result<object> Bounded(long value, Field field, string path) => value >= field.Range.Least && value <= field.Range.Most
        ? value
        : Invalid(
            value.ToString(CultureInfo.InvariantCulture),
            path,
            field.Range.Most == long.MaxValue ? $"It must be at least {field.Range.Least}." : $"It must be from {field.Range.Least} to {field.Range.Most}.");

    private static Result<object> Number(string text, string path) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : Invalid($"\"{Short(text)}\"", path, "Hint: Value was of type 'str'; a number of 64 bits is expected."),
    };

    private static bool IsWhole(double value) => Math.Floor(value) == value && Math.Abs(value) < 9.2e18;

    private static Error Wrong(JsonElement value, string path) => Invalid(Short(value.GetRawText()), path, $"Hint: Value was of type '{TypeOf(value)}'.");

    private static Error Invalid(string value, string path, string hint) => Error.Invalid($"Invalid value {value} for parameter '{path}' supplied: {hint} {SeeDocs}", field: path);

    private static Error Missing(string path) => Error.Invalid($"Missing value for required parameter '{path}'. {SeeDocs}", field: path);

    private static string Short(string text) => text.Length > LongestQuote ? $"{text[..LongestQuote]}…" : text;

    /// <summary>In Python's words, as MLflow says it.</summary>
    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "dict",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "str",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "int" : "float",
        _ => "bool",
    };
}
