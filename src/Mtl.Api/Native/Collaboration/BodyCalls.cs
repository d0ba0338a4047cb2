using Microsoft.AspNetCore.Http;

namespace Mtl.Api.Native.Collaboration;

internal static class BodyCalls
{
    /// <summary>Reads the request's document and goes on with it, or answers with what is wrong with it.</summary>
    public static async Task<IResult> WithBodyAsync<T>(this HttpContext context, Func<T, Task<IResult>> answer)
    {
        var body = await RequestBody.ReadAsync<T>(context.Request, context.RequestAborted);
        return body.IsSuccess ? await answer(body.Value) : body.Error.ToHttp(context);
    }
}
