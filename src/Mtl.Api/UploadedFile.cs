using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Mtl.Core;

namespace Mtl.Api;

/// <summary>A file sent with a request, read as it arrives: the first file of a multipart form, or the whole body (its name then in the query's <c>name</c>).</summary>
internal sealed record UploadedFile(string Name, Stream Content)
{
    public static async Task<Result<UploadedFile>> OpenAsync(HttpRequest request, CancellationToken cancellation)
    {
        var name = request.Query["name"].ToString();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return new UploadedFile(name, request.Body);

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
            return Error.Invalid("The multipart request names no boundary.", "Let the HTTP client set the Content-Type header.");

        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition || !disposition.IsFileDisposition())
                continue;
            var sent = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
            return new UploadedFile(name.Length > 0 ? name : HeaderUtilities.RemoveQuotes(sent).ToString(), section.Body);
        }

        return Error.Invalid("The multipart request holds no file.", "Send the table as a form field of type file.");
    }
}
