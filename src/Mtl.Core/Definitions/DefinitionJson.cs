using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mtl.Core.Catalogue;
using Mtl.Core.Signatures;

namespace Mtl.Core.Definitions;

/// <summary>
/// The JSON form of definitions: camelCase names, enums as kebab-case texts, a <see cref="Choice"/> as its key alone or as an object with <c>key</c> and the options beside it.
/// Unknown members are refused by name.
/// </summary>
public static class DefinitionJson
{
    public static JsonSerializerOptions Options { get; } = MakeOptions(JsonUnmappedMemberHandling.Disallow);

    /// <summary>For documents that the platform itself has written, perhaps in another version: members it does not know are passed over.</summary>
    private static JsonSerializerOptions Stored { get; } = MakeOptions(JsonUnmappedMemberHandling.Skip);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a document that the platform has stored.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static T ReadStored<T>(string json) => JsonSerializer.Deserialize<T>(json, Stored) ?? throw new JsonException("The stored document is null.");

    /// <summary>Reads a document, or says where it is wrong.</summary>
    public static Result<T> Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) is { } value
                ? value
                : Error.Invalid($"The {Noun<T>()} is null.", "Send a document.");
        }
        catch (JsonException e)
        {
            var path = e.Path is null or "$" ? "" : e.Path.TrimStart('$', '.');
            return Error.Invalid($"The {Noun<T>()} can't be read{(path.Length > 0 ? $" at '{path}'" : "")}: {JsonReasons.Of(e)}", "Correct the document and send it again.", path);
        }
    }

    private static string Noun<T>() => typeof(T) == typeof(ExperimentDefinition) ? "experiment definition" : typeof(T) == typeof(ModelSignature) ? "model signature" : "document";

    private static JsonSerializerOptions MakeOptions(JsonUnmappedMemberHandling unmapped) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = unmapped,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new EnumNames(), new ChoiceConverter() },
    };

    private sealed class ChoiceConverter : JsonConverter<Choice>
    {
        public override Choice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var node = JsonNode.Parse(ref reader);
            return node switch
            {
                JsonValue value when value.TryGetValue(out string? key) => new Choice(key),
                JsonObject choice when choice["key"] is JsonValue value && value.TryGetValue(out string? key) =>
                    new Choice(key, choice.Where(member => member.Key != "key").ToDictionary(member => member.Key, member => member.Value?.DeepClone())),
                _ => throw new JsonException("A method is its key (\"adam\") or an object with its key and options ({\"key\": \"adam\", \"learningRate\": 0.001})."),
            };
        }

        public override void Write(Utf8JsonWriter writer, Choice value, JsonSerializerOptions options)
        {
            if (value.Options.Count == 0)
            {
                writer.WriteStringValue(value.Key);
                return;
            }

            writer.WriteStartObject();
            writer.WriteString("key", value.Key);
            foreach (var (name, option) in value.Options)
            {
                writer.WritePropertyName(name);
                if (option is null)
                    writer.WriteNullValue();
                else
                    option.WriteTo(writer, options);
            }

            writer.WriteEndObject();
        }
    }
}
