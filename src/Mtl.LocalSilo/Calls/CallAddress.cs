using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Types;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Calls;

/// <summary>Whom a reference calls: a grain, or an observer.</summary>
internal abstract class CallAddress
{
    /// <summary>A grain of that class.</summary>
    internal sealed class OfGrain(Catalog catalog, GrainClass grainClass, GrainId id) : CallAddress
    {
        public override GrainClass GrainClass => grainClass;

        public override void Send(Request request) => catalog.Send(id, grainClass, request);

        public override string ToString() => id.ToString();
    }

    /// <summary>The object behind an observer reference.</summary>
    internal sealed class OfObserver(ObserverRegistry observers, GrainId id) : CallAddress
    {
        public override void Send(Request request) => observers.Send(id, request);

        public override string ToString() => id.ToString();
    }

    /// <summary>The class of the grain; null for an observer.</summary>
    public virtual GrainClass? GrainClass => null;

    /// <summary>Hands the request over; it fails by itself if it can't be served.</summary>
    public abstract void Send(Request request);
}
