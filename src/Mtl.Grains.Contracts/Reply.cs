using Mtl.Core;
using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>A <see cref="Result{T}"/> as it crosses a grain call.</summary>
[GenerateSerializer, Immutable, Alias("mtl.Reply`1")]
public sealed record Reply<T>([property: Id(0)] T? Value, [property: Id(1)] Problem? Problem)
{
    public Result<T> ToResult() => Problem is null ? Value! : Problem.ToError();

    public static implicit operator Reply<T>(T value) => new(value, null);

    public static implicit operator Reply<T>(Error error) => new(default, new Problem(error.Kind, error.Message, error.Advice, error.Field));

    public static implicit operator Reply<T>(Result<T> result) => result.IsSuccess ? result.Value : result.Error;
}
