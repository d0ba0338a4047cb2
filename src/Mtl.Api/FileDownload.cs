using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mtl.Api;

/// <summary>
/// A kept file as an answer: whole, or the range asked for (RFC 9110, section 14), read from the disk as it is sent. Its tag is made of when it was written and its length: a file is never changed,
/// only replaced, so a client that goes on with a download is told when the rest would be another file's.
/// </summary>
internal static class FileDownload
{
    public static IResult Of(Stream content, HttpContext context, string contentType, string name)
    {
        if (content is not FileStream file || !HttpMethods.IsGet(context.Request.Method))
            return Results.Stream(content, contentType, name);

        // Kept by a browser only to ask whether it is still the same, and whether its user may still see it.
        context.Response.Headers.CacheControl = "private, no-cache";
        var written = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        return Results.Stream(file, contentType, name, written, new EntityTagHeaderValue($"\"{written.Ticks:x}-{file.Length:x}\""), enableRangeProcessing: true);
    }
}
