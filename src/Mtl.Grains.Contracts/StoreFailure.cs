using Mtl.Tracking;
using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>A <see cref="StoreException"/> as it crosses a grain call, so that whoever asked a grain learns what the store's trouble is.</summary>
[GenerateSerializer, Immutable, Alias("mtl.StoreFailure")]
public readonly record struct StoreFailure([property: Id(0)] Problem Problem);

/// <summary>Makes one of the other.</summary>
[RegisterConverter]
public sealed class StoreFailureConverter : IConverter<StoreException, StoreFailure>
{
    public StoreException ConvertFromSurrogate(in StoreFailure surrogate) => new(surrogate.Problem.ToError());

    public StoreFailure ConvertToSurrogate(in StoreException value) => new(new Problem(value.Error.Kind, value.Error.Message, value.Error.Advice, value.Error.Field));
}
