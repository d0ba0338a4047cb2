using System.Net;
using System.Text.Json.Nodes;

namespace Mtl.Api.Tests.Hosting;

/// <summary>What the server answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Message and advice of an error of <c>/api/v1</c>, as one text.</summary>
    public string Message => $"{Json["message"]} {Json["advice"]}".TrimEnd();
}
