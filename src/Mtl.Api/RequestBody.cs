using System.Text;
using Microsoft.AspNetCore.Http;
using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Api;

/// <summary>Reads request bodies, bounded.</summary>
internal static class RequestBody
{
    private const int LargestDocument = 16 * 1024 * 1024;

    /// <summary>Refuses what is no UTF-8: replaced characters would be stored as if they had been sent.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The body as a JSON document.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
    {
        var text = await TextAsync(request, cancellation);
        return text.Then(DefinitionJson.Read<T>);
    }

    /// <summary>The body as a JSON document, or null for an empty body.</summary>
    public static async Task<Result<T?>> ReadOptionalAsync<T>(HttpRequest request, CancellationToken cancellation)
        where T : class
    {
        var text = await TextAsync(request, cancellation);
        if (!text.IsSuccess)
            return text.Error;
        return string.IsNullOrWhiteSpace(text.Value) ? (T?)null : DefinitionJson.Read<T>(text.Value).Map<T?>(value => value);
    }

    /// <summary>The body as UTF-8 text.</summary>
    public static async Task<Result<string>> TextAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > LargestDocument)
            return TooLarge();

        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > LargestDocument)
                return TooLarge();
            buffer.Write(chunk, 0, read);
        }

        try
        {
            return Utf8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (DecoderFallbackException e)
        {
            return Error.Invalid($"The request's body is not UTF-8: the byte 0x{e.BytesUnknown?[0] ?? 0:X2} at {e.Index} begins no character.", "Encode it as UTF-8.");
        }
    }

    private static Error TooLarge() => Error.TooLarge($"The request's body is larger than {LargestDocument / 1024 / 1024} MiB, the most that is accepted here.", "Send large tables as datasets or CSV files.");
}
