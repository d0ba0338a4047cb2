using Mtl.LocalSilo.Calls;
using Mtl.LocalSilo.Types;
using Orleans;

namespace Mtl.LocalSilo.Copying;

/// <summary>References to grains and observers, which travel as they are; the objects themselves don't travel.</summary>
internal sealed class ReferenceCopier<T> : Copier<T>
{
    public override T Copy(T value, CopyScope scope) => value switch
    {
        null or GrainReferenceProxy => value,
        IGrainBase => throw new UnserializableTypeException(
            $"{ReadableNames.Of(value.GetType())} is a grain itself, not a reference to one. Pass this.AsReference<{ReadableNames.Of(typeof(T))}>()."),
        _ => throw new UnserializableTypeException(
            $"{ReadableNames.Of(value.GetType())} is an observer itself, not a reference to one. Pass what "
            + $"{nameof(IGrainFactory)}.{nameof(IGrainFactory.CreateObjectReference)}<{ReadableNames.Of(typeof(T))}> returns."),
    };
}
