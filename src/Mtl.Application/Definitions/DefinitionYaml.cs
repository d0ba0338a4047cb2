using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Definitions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace Mtl.Application.Definitions;

/// <summary>Definitions as YAML, which holds the same document as the API's JSON; JSON is YAML too.</summary>
public static class DefinitionYaml
{
    private static readonly ISerializer Writer = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().Build();

    /// <summary>The definition without members that say nothing: those that are null or an empty text.</summary>
    public static string Write(ExperimentDefinition definition) => Writer.Serialize(Plain(JsonSerializer.SerializeToNode(definition, DefinitionJson.Options))!);

    /// <summary>Reads a definition; Invalid with line and column where the text is no YAML, with the field where it is no definition.</summary>
    /// <param name="name">What the text is called in an error, such as its file.</param>
    public static Result<ExperimentDefinition> Read(string yaml, string name) => Parse(yaml, name).Then(document => document is JsonObject
        ? DefinitionJson.Read<ExperimentDefinition>(document.ToJsonString())
        : NoMapping(name));

    /// <summary>The document as JSON; null when it is empty.</summary>
    public static Result<JsonNode?> Parse(string yaml, string name)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 0 ? (JsonNode?)null : ToJson(stream.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            return Error.Invalid($"'{name}' is not valid YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }
    }

    public static Error NoMapping(string name) => Error.Invalid($"'{name}' holds no mapping; an experiment definition begins with 'name:', 'data:' and 'tasks:'.");

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(Key(child.Key), ToJson(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static string Key(YamlNode node) => node is YamlScalarNode { Value: { } key } ? key : throw new YamlException(node.Start, node.End, "A name before ':' must be a plain text.");

    private static JsonNode? Scalar(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large) => JsonValue.Create(large),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static bool IsNothing(JsonNode? node) => node is null || (node is JsonValue value && value.TryGetValue(out string? text) && text.Length == 0);

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => !IsNothing(member.Value)).ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToArray(),
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        JsonValue value when value.TryGetValue(out long whole) => whole,
        JsonValue value when value.TryGetValue(out ulong large) => large,
        JsonValue value => value.GetValue<double>(),
        _ => null,
    };
}
