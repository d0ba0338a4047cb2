namespace Mtl.Api;

/// <summary>An error as the platform's own API sends it.</summary>
/// <param name="Error">The kind: <c>invalid</c>, <c>not-found</c>, <c>conflict</c>, <c>too-large</c>, <c>unavailable</c>, <c>unauthenticated</c>, <c>forbidden</c>, <c>too-many</c>, <c>full</c>.</param>
/// <param name="Field">The field of the request at fault; empty when no single one is.</param>
/// <param name="RequestId">Also in the server's log.</param>
public sealed record ErrorBody(string Error, string Message, string Advice, string Field, string RequestId);
