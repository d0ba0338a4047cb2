using Microsoft.AspNetCore.Http;

namespace Mtl.Api;

/// <summary>Files that anybody may have written, sent so that a browser runs nothing of them with this site's powers, whatever they hold.</summary>
internal static class UntrustedContent
{
    /// <summary>No scripts, no forms, no requests, an origin of its own; and what a file is is what the header says, not what a browser makes of its beginning.</summary>
    public static void Confine(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
