using System.Globalization;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>An option as a form field: what was typed, kept as typed, and what it means or why it means nothing.</summary>
public sealed class OptionField(OptionInfo info, string text)
{
    public OptionInfo Info { get; } = info;

    public string Text { get; set; } = text;

    public string DefaultText { get; } = TextOf(info, NodeOf(info.Default));

    public bool IsDefault => Text.Trim() == DefaultText;

    public string? Problem => Read() is { IsSuccess: false } wrong ? wrong.Error!.Message : null;

    /// <summary>What is allowed, in words: <c>0 to 1</c>, <c>at least 1</c>; empty when there is no bound.</summary>
    public string Allowed => (Info.Minimum, Info.Maximum) switch
    {
        ({ } least, { } most) => $"{Formats.Number(least)} to {Formats.Number(most)}",
        ({ } least, null) => $"at least {Formats.Number(least)}",
        (null, { } most) => $"at most {Formats.Number(most)}",
        _ => "",
    };

    /// <summary>A field that holds <paramref name="value"/>, or the default when nothing is given.</summary>
    public static OptionField Of(OptionInfo info, JsonNode? value) => new(info, TextOf(info, value ?? NodeOf(info.Default)));

    /// <summary>The typed text as a value within the option's bounds.</summary>
    public Result<JsonNode> Read() => Info.Type switch
    {
        OptionType.Integer => Integer(Text),
        OptionType.Number => Number(Text),
        OptionType.Boolean => JsonValue.Create(Text == "true"),
        OptionType.Choice when Info.Choices is { } choices && !choices.Contains(Text) => Wrong($"is one of {string.Join(", ", choices)}"),
        OptionType.IntegerList => List(Integer),
        OptionType.NumberList => List(Number),
        _ => JsonValue.Create(Text),
    };

    private Result<JsonNode> Integer(string text) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            ? Wrong("is a whole number")
            : IsWithin(value) ? JsonValue.Create(value) : Wrong($"is {Allowed}");

    private Result<JsonNode> Number(string text) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)
            ? Wrong("is a number")
            : IsWithin(value) ? JsonValue.Create(value) : Wrong($"is {Allowed}");

    private Result<JsonNode> List(Func<string, Result<JsonNode>> item)
    {
        var items = new JsonArray();
        foreach (var part in Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var read = item(part);
            if (!read.IsSuccess)
                return Error.Invalid($"Each item of {read.Error.Message[..1].ToLowerInvariant()}{read.Error.Message[1..]}");
            items.Add(read.Value);
        }

        return items;
    }

    private bool IsWithin(double value) => !(value < Info.Minimum) && !(value > Info.Maximum);

    private Error Wrong(string expected) => Error.Invalid($"{Formats.Words(Info.Name)} {expected}.", field: Info.Name);

    private static JsonNode NodeOf(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object>().Select(NodeOf)]),
        double or float => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    private static string TextOf(OptionInfo info, JsonNode? value) => value switch
    {
        JsonArray items => string.Join(", ", items.Select(item => TextOf(info, item))),
        JsonValue single when single.TryGetValue(out string? text) => text,
        JsonValue single when single.TryGetValue(out bool flag) => flag ? "true" : "false",
        null => "",
        _ when info.Type is OptionType.Number or OptionType.NumberList => Formats.Field(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)),
        _ => value.ToJsonString(),
    };
}
