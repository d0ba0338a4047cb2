using System.Globalization;
using Microsoft.AspNetCore.Http;
using Mtl.Core;

namespace Mtl.Api;

/// <summary>An answer that says in its header <c>Retry-After</c>, in seconds, when the same request may succeed.</summary>
internal sealed class WaitingAnswer(IResult answer, int seconds) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return answer.ExecuteAsync(httpContext);
    }
}

internal static class WaitingAnswers
{
    /// <summary>The error's answer, with the time to wait when there is one.</summary>
    public static IResult WithWait(this IResult answer, Error error) => error.RetryAfterSeconds is { } seconds ? new WaitingAnswer(answer, seconds) : answer;
}
