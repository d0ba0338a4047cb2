using Orleans;

namespace Mtl.LocalSilo.Copying;

/// <summary>Values of a type without attributes, copied by way of the surrogate that its converter makes.</summary>
internal sealed class SurrogateCopier<TValue, TSurrogate>(IConverter<TValue, TSurrogate> converter, Copier<TSurrogate> surrogates) : Copier<TValue>
    where TSurrogate : struct
{
    public override TValue Copy(TValue value, CopyScope scope)
    {
        if (value is null) return value;
        if (value.GetType() != typeof(TValue)) return (TValue)scope.CopyByRuntimeType(value);
        var surrogate = surrogates.Copy(converter.ConvertToSurrogate(value), scope);
        return converter.ConvertFromSurrogate(surrogate);
    }
}
