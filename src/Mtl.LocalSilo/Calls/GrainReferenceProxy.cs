using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Calls;

/// <summary>A reference: implements a grain or observer interface by sending calls. Two references to one grain are equal.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxies made at run time derive from it.")]
internal class GrainReferenceProxy : DispatchProxy, IAddressable
{
    private CallAddress _address = null!;
    private GrainInterface _interface = null!;

    public GrainId GrainId { get; private set; }

    public Silo Silo { get; private set; } = null!;

    public static GrainReferenceProxy Create(Silo silo, GrainInterface type, GrainId id, CallAddress address)
    {
        var proxy = (GrainReferenceProxy)Create(type.Type, typeof(GrainReferenceProxy));
        (proxy.Silo, proxy._interface, proxy.GrainId, proxy._address) = (silo, type, id, address);
        return proxy;
    }

    public override bool Equals(object? obj) => obj is GrainReferenceProxy other && other.GrainId == GrainId;

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"{_interface.Type.Name}({GrainId})";

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = _interface[targetMethod!];
        var arguments = method.Copy(args ?? [], Silo.Copiers);
        return method.Return.IsStream
            ? method.Return.Stream(Silo, _address, method, arguments)
            : method.Return.Promise(new Call(Silo, _address, method, arguments).Send());
    }
}
