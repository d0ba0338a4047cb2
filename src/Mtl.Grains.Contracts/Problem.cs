using Mtl.Core;
using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>An <see cref="Error"/> as it crosses a grain call.</summary>
[GenerateSerializer, Immutable, Alias("mtl.Problem")]
public sealed record Problem([property: Id(0)] ErrorKind Kind, [property: Id(1)] string Message, [property: Id(2)] string Advice, [property: Id(3)] string Field)
{
    public Error ToError() => new(Kind, Message, Advice, Field);
}
