using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Mtl.Core;

namespace Mtl.Api.Inference;

/// <summary>Answers in the protocol's JSON: snake_case names, what is not there left out, errors as <c>{"error": "…"}</c>.</summary>
internal static class ProtocolJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IResult Answer<T>(T value) => Results.Json(value, Options);

    public static IResult Answer<T>(Result<T> result) => result.IsSuccess ? Answer(result.Value) : Refusal(result.Error);

    public static IResult Refusal(Error error) => Failure(error.ToString(), error.Status()).WithWait(error);

    public static IResult Failure(string message, int status) => Results.Json(new ProtocolError(message), Options, statusCode: status);

    /// <summary>A version as the protocol has it: a text.</summary>
    public static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private sealed record ProtocolError(string Error);
}
