using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mtl.Api.Mlflow.Wire;

/// <summary>
/// Answers as MLflow's server writes them: snake_case names, what is not set left out, whole numbers of 64 bits as JSON numbers (its <c>message_to_json</c> turns protocol buffers' texts back into
/// numbers), NaN and the infinities as texts.
/// </summary>
internal static class MlflowJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The list, or null for an empty one: repeated fields without items are left out.</summary>
    public static IReadOnlyList<T>? Some<T>(IEnumerable<T> items) => items.ToArray() is { Length: > 0 } list ? list : null;

    /// <summary>Null for an empty text, so that it is left out.</summary>
    public static string? Some(string text) => text.Length > 0 ? text : null;

    /// <summary>A time as MLflow has it: milliseconds since 1970.</summary>
    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
