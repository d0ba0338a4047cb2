using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mtl.Core.Definitions;

/// <summary>Enums as kebab-case texts; another text is refused with those there are.</summary>
internal sealed class EnumNames : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Names<>).MakeGenericType(typeToConvert))!;

    private sealed class Names<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(Name);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : null;
            return text is not null && Values.TryGetValue(text, out var value)
                ? value
                : throw new JsonException($"{(text is null ? "A text is expected here" : $"'{text}' is unknown here")}; there are {string.Join(", ", Values.Keys)}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Name(value));

        private static string Name(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
    }
}
