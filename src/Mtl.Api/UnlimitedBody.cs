using Microsoft.AspNetCore.Http.Metadata;

namespace Mtl.Api;

/// <summary>On endpoints that take tables: the application bounds them itself, with its own message.</summary>
internal sealed class UnlimitedBody : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => null;
}
