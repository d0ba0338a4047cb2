using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mtl.Core.Definitions;

/// <summary>Why a JSON document can't be read, in words of the document: the serializer's own speak of .NET types.</summary>
internal static partial class JsonReasons
{
    private static readonly (Regex Pattern, string Reason)[] Rows =
    [
        (NoTokens(), "It is empty."),
        (NotClosed(), "It ends before an object or a list is closed."),
        (Unmapped(), "There is no member '$1' here."),
        (Lacking(), "It lacks $1."),
        (Null(), "Null is not allowed here."),
        (NotWhole(), "A whole number is expected here."),
        (NotNumber(), "A number is expected here."),
        (NotText(), "A text is expected here."),
        (NotTruth(), "true or false is expected here."),
        (NotList(), "A list is expected here."),
        (NotConverted(), "A value of another kind is expected here."),
    ];

    public static string Of(JsonException e)
    {
        var pathMarker = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var message = pathMarker < 0 ? e.Message : e.Message[..pathMarker];
        return Array.Find(Rows, row => row.Pattern.IsMatch(message)) is { Pattern: { } pattern, Reason: var reason } ? pattern.Match(message).Result(reason) : message;
    }

    [GeneratedRegex("^The input does not contain any JSON tokens")]
    private static partial Regex NoTokens();

    [GeneratedRegex("^Expected depth to be zero at the end of the JSON payload")]
    private static partial Regex NotClosed();

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped to any .NET member")]
    private static partial Regex Unmapped();

    [GeneratedRegex("^JSON deserialization for type '.*' was missing required properties including: (.*)\\.$")]
    private static partial Regex Lacking();

    [GeneratedRegex("doesn't allow null values")]
    private static partial Regex Null();

    [GeneratedRegex(@"^The JSON value could not be converted to System\.U?Int\d+")]
    private static partial Regex NotWhole();

    [GeneratedRegex(@"^The JSON value could not be converted to System\.(Single|Double|Decimal)")]
    private static partial Regex NotNumber();

    [GeneratedRegex(@"^The JSON value could not be converted to System\.String")]
    private static partial Regex NotText();

    [GeneratedRegex(@"^The JSON value could not be converted to System\.Boolean")]
    private static partial Regex NotTruth();

    [GeneratedRegex(@"^The JSON value could not be converted to System\.Collections\.Generic\.IReadOnlyList")]
    private static partial Regex NotList();

    [GeneratedRegex("^The JSON value could not be converted to")]
    private static partial Regex NotConverted();
}
