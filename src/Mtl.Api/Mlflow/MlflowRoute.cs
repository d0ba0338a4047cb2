using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Api.Mlflow.Wire;
using Mtl.Core;

namespace Mtl.Api.Mlflow;

/// <summary>One request to a route, read and checked.</summary>
internal sealed record MlflowCall(Message Fields, HttpContext Context)
{
    public CancellationToken Cancellation => Context.RequestAborted;

    /// <summary>A use case.</summary>
    public T Use<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();
}

/// <summary>A route of MLflow's REST API.</summary>
/// <param name="Methods">HTTP methods, separated by a blank.</param>
/// <param name="Path">Behind <c>/api/2.0/mlflow/</c>.</param>
/// <param name="Fields">What its requests hold.</param>
/// <param name="Answer">The answer's message, or an <see cref="IResult"/> that writes itself.</param>
internal sealed record MlflowRoute(string Methods, string Path, IReadOnlyList<Field> Fields, Func<MlflowCall, Task<Result<object>>> Answer)
{
    /// <summary>Most bytes of a request's body; 0 for the general bound.</summary>
    public int LargestBody { get; init; }
}
