using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Calls;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity and references of grains; for grains themselves and for references to them.</summary>
public static class GrainExtensions
{
    /// <summary>The grain's id.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReferenceProxy reference => reference.GrainId,
        IGrainBase instance => Activation.Of(instance).GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException(
            $"{grain.GetType().FullName} is neither a grain nor a reference to one. Allowed are grains (from within) and what "
            + $"{nameof(IGrainFactory)} made.", nameof(grain)),
    };

    /// <summary>The key by which the grain is known.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>A reference to the grain by that interface; what a grain passes on in place of itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        var id = grain.GetGrainId();
        return (grain is GrainReferenceProxy reference ? reference.Silo : Activation.Of((IGrainBase)grain).Silo).References.Get(interfaceType, id);
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();
}
