using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Calls;

/// <summary>Makes references.</summary>
internal sealed class GrainReferences(Silo silo) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        if (grainClassNamePrefix is not null)
        {
            throw new NotSupportedException(
                $"GetGrain<{typeof(TGrainInterface).Name}> was given the class name prefix '{grainClassNamePrefix}'; only null is allowed: "
                + "a grain interface has one class. Give each class an interface of its own.");
        }

        return (TGrainInterface)GetGrain(typeof(TGrainInterface), primaryKey);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)Get(typeof(TGrainInterface), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentNullException.ThrowIfNull(grainInterfaceType);
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        var grainClass = silo.Types.ClassOf(grainInterfaceType);
        return (IGrain)ToGrain(grainInterfaceType, grainClass, GrainId.Create(grainClass.GrainType, grainPrimaryKey));
    }

    public object Get(Type interfaceType, GrainId id)
    {
        if (ObserverRegistry.IsObserver(id)) return ToObserver(interfaceType, id);
        var grainClass = silo.Types.ClassOf(id.Type);
        return interfaceType.IsAssignableFrom(grainClass.Type)
            ? ToGrain(interfaceType, grainClass, id)
            : throw new InvalidCastException($"{id} is a {grainClass.Type.Name}, which does not implement {interfaceType.FullName}.");
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        var type = typeof(TGrainObserverInterface);
        if (!type.IsInterface)
            throw new ArgumentException($"{type.FullName} is no interface; references are made by observer interfaces.", nameof(obj));
        if (obj is GrainReferenceProxy) throw new ArgumentException($"{obj} is a reference already.", nameof(obj));
        if (obj is IGrainBase)
            throw new ArgumentException($"{obj.GetType().FullName} is a grain; pass this.AsReference<{type.Name}>() instead.", nameof(obj));
        if (obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType().FullName} does not implement {type.FullName}.", nameof(obj));
        return (TGrainObserverInterface)(object)ToObserver(type, silo.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReferenceProxy reference || !ObserverRegistry.IsObserver(reference.GrainId))
        {
            throw new ArgumentException(
                $"{obj?.GetType().FullName ?? "null"} is no observer reference. Pass what {nameof(CreateObjectReference)} returned.", nameof(obj));
        }

        silo.Observers.Remove(reference.GrainId);
    }

    private GrainReferenceProxy ToGrain(Type type, GrainClass grainClass, GrainId id) =>
        GrainReferenceProxy.Create(silo, silo.Types.InterfaceOf(type), id, new CallAddress.OfGrain(silo.Catalog, grainClass, id));

    private GrainReferenceProxy ToObserver(Type type, GrainId id) =>
        GrainReferenceProxy.Create(silo, silo.Types.InterfaceOf(type), id, new CallAddress.OfObserver(silo.Observers, id));
}
