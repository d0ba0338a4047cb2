using System.Collections.Frozen;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mtl.LocalSilo.Copying;

/// <summary>Types of the framework that may travel without attributes.</summary>
internal static class KnownTypes
{
    /// <summary>Types whose values nobody can change.</summary>
    public static readonly FrozenSet<Type> Immutable = FrozenSet.ToFrozenSet(
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(Int128),
        typeof(UInt128), typeof(Half), typeof(float), typeof(double), typeof(decimal), typeof(BigInteger), typeof(char), typeof(string), typeof(Guid),
        typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly), typeof(Uri), typeof(Version), typeof(IPAddress),
    ]);

    /// <summary>Structs that only hold others.</summary>
    public static readonly FrozenSet<Type> Tuples = FrozenSet.ToFrozenSet(
    [
        typeof(KeyValuePair<,>), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
    ]);

    /// <summary>Collections behind collection expressions, iterators: names that can't be written in code.</summary>
    public static bool IsCompilerMade(Type type) =>
        type.Name.StartsWith('<') || (type.Name.Contains('<', StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));
}
