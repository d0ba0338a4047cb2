using System.Collections.Concurrent;
using System.Globalization;
using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Calls;

/// <summary>The objects behind observer references, held weakly.</summary>
internal sealed class ObserverRegistry(Silo silo)
{
    private static readonly GrainType _type = GrainType.Create("observer");

    private readonly ConcurrentDictionary<GrainId, Observer> _observers = new();
    private long _lastNumber;

    public static bool IsObserver(GrainId id) => id.Type == _type;

    public GrainId Add(IGrainObserver target)
    {
        var id = GrainId.Create(_type, Interlocked.Increment(ref _lastNumber).ToString(CultureInfo.InvariantCulture));
        _observers[id] = new Observer(id, target, silo);
        return id;
    }

    public void Remove(GrainId id) => _observers.TryRemove(id, out _);

    public void Send(GrainId id, Request request)
    {
        if (_observers.TryGetValue(id, out var observer) && observer.TrySend(request)) return;
        Remove(id);
        request.Fail(new ClientNotAvailableException(
            $"{id} is gone: its reference was deleted, or nobody held its object any more. "
            + "Whoever makes an observer reference has to keep the object."));
    }
}
