using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>A record's place in an order: the rank and the value of each key. A page token is one, with a mark of the query that it belongs to.</summary>
internal sealed record SearchPlace(IReadOnlyList<(int Rank, object? Value)> Values)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The place as a page token of the query with that mark.</summary>
    public string Write(string mark) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new Token(mark, [.. Values.Select(value => value.Rank)], [.. Values.Select(value => JsonSerializer.SerializeToElement(value.Value, Json))]), Json));

    /// <summary>Null for no token; Invalid for one of another query, and for what is none.</summary>
    public static Result<SearchPlace?> Read(string? token, string mark, IReadOnlyList<SearchKey> keys)
    {
        if (string.IsNullOrEmpty(token))
            return new Result<SearchPlace?>();
        try
        {
            var read = JsonSerializer.Deserialize<Token>(Base64Url.DecodeFromChars(token), Json);
            if (read is not null && read.Mark == mark && read.Ranks.Length == keys.Count && read.Values.Length == keys.Count)
                return new SearchPlace([.. keys.Select((key, i) => (read.Ranks[i], read.Ranks[i] == 0 ? Value(read.Values[i], key.Type) : null))]);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // Told below, as a token of another query is.
        }

        return Error.Invalid("The page token does not belong to this search.", "Repeat the search of the first page, and go on with the token that it gives.", "page_token");
    }

    /// <summary>A mark of everything that decides which records a search finds, and in which order.</summary>
    public static string Mark(string kind, IEnumerable<string> scope, SearchQuery query, RecordView view)
    {
        var text = new StringBuilder(kind).Append('\n').AppendJoin('\n', scope.Order(StringComparer.Ordinal)).Append('\n').Append(view);
        foreach (var condition in query.Conditions)
        {
            text.Append('\n').Append(condition.Field).Append('\0').Append(condition.Key).Append('\0').Append(condition.Comparison).Append('\0').Append(condition.Value switch
            {
                ConditionValue.Texts texts => string.Join('\0', texts.Values),
                var value => $"{value}",
            });
        }

        foreach (var term in query.Order)
            text.Append('\n').Append(term.Field).Append('\0').Append(term.Key).Append('\0').Append(term.IsDescending).Append('\0').Append(term.Dataset);
        foreach (var dataset in query.Datasets)
            text.Append('\n').Append(dataset);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static object Value(JsonElement value, SearchType type) => type switch
    {
        SearchType.Text => value.GetString() ?? throw new FormatException(),
        SearchType.Integer => value.GetInt64(),
        _ => value.Deserialize<double>(Json),
    };

    private sealed record Token(
        [property: JsonPropertyName("q")] string Mark,
        [property: JsonPropertyName("k")] int[] Ranks,
        [property: JsonPropertyName("v")] JsonElement[] Values);
}
