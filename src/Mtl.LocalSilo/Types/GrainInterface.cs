using System.Collections.Frozen;
using System.Reflection;
using Mtl.LocalSilo.Copying;

namespace Mtl.LocalSilo.Types;

/// <summary>A grain or observer interface and its methods, those of the interfaces it extends included.</summary>
internal sealed class GrainInterface(Type type, CopierTable copiers)
{
    private readonly FrozenDictionary<MethodInfo, GrainMethod> _methods =
        MethodsOf(type).ToFrozenDictionary(method => method, method => new GrainMethod(method, copiers));

    public Type Type => type;

    public GrainMethod this[MethodInfo method] => _methods[method];

    public IEnumerable<GrainMethod> Methods => _methods.Values;

    public static IEnumerable<MethodInfo> MethodsOf(Type type) =>
        type.GetInterfaces().Prepend(type).SelectMany(level => level.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
}
