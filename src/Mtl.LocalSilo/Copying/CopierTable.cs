using System.Collections.Concurrent;
using System.Reflection;
using Mtl.LocalSilo.Types;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Copying;

/// <summary>The copier of each type, made when first asked for; a type that may not travel is refused with the reason.</summary>
internal sealed class CopierTable(bool trustImmutable)
{
    private readonly ConcurrentDictionary<Type, Copier> _copiers = new();
    private readonly Dictionary<Type, Copier> _making = [];
    private readonly Dictionary<Type, Type> _converters = [];
    private readonly Dictionary<string, Type> _aliases = [];
    private readonly Lock _gate = new();

    /// <summary>Whether [Immutable] values are passed on as they are.</summary>
    public bool TrustImmutable => trustImmutable;

    public Copier For(Type type) => _copiers.TryGetValue(type, out var copier) ? copier : MakeAll(type);

    /// <summary>The copier of a parameter or result; where its owner vouches that it doesn't change, it is checked but not copied.</summary>
    public Copier For(Type type, bool trusted)
    {
        var copier = For(type);
        return trusted ? Make(typeof(ShallowCopier<>), type) : copier;
    }

    /// <summary>Why a type may not travel; null if it may.</summary>
    public string? RefusalOf(Type type)
    {
        try
        {
            For(type);
            return null;
        }
        catch (UnserializableTypeException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>The copier of a member; only within <see cref="ICompletable.Complete"/>.</summary>
    public Copier OfMember(FieldInfo field)
    {
        var property = SerializedMembers.PropertyOf(field);
        try
        {
            var copier = Find(field.FieldType);
            var trusted = trustImmutable && (field.IsDefined(typeof(ImmutableAttribute)) || property?.IsDefined(typeof(ImmutableAttribute)) == true);
            return trusted ? Make(typeof(ShallowCopier<>), field.FieldType) : copier;
        }
        catch (UnserializableTypeException refusal)
        {
            throw new UnserializableTypeException($"{ReadableNames.Of(field.DeclaringType!)}.{property?.Name ?? field.Name}: {refusal.Message}");
        }
    }

    /// <summary>Registers an <see cref="IConverter{TValue, TSurrogate}"/>, open or closed.</summary>
    public void AddConverter(Type converter)
    {
        foreach (var contract in ConversionsOf(converter))
        {
            var value = contract.GetGenericArguments()[0];
            _converters[converter.IsGenericTypeDefinition ? value.GetGenericTypeDefinition() : value] = converter;
        }
    }

    /// <summary>Whether values of the type travel as a surrogate.</summary>
    public bool HasConverter(Type type) => ConverterOf(type) is not null;

    private static IEnumerable<Type> ConversionsOf(Type converter) =>
        converter.GetInterfaces().Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConverter<,>));

    private static Copier Make(Type definition, Type type, params object[] arguments) => Make(definition, [type], arguments);

    private static Copier Make(Type definition, Type[] types, object[] arguments) =>
        (Copier)Activator.CreateInstance(definition.MakeGenericType(types), arguments)!;

    /// <summary>Makes the copier and all that it needs, and keeps them only if none of the types is refused.</summary>
    private Copier MakeAll(Type type)
    {
        lock (_gate)
        {
            try
            {
                var made = Find(type);
                foreach (var (key, copier) in _making) _copiers.TryAdd(key, copier);
                return made;
            }
            finally
            {
                _making.Clear();
            }
        }
    }

    private Copier Find(Type type)
    {
        if (_copiers.TryGetValue(type, out var copier) || _making.TryGetValue(type, out copier)) return copier;
        copier = Make(type);
        _making[type] = copier;
        if (copier is ICompletable incomplete) incomplete.Complete(this);
        return copier;
    }

    private Copier Make(Type type) => type switch
    {
        _ when KnownTypes.Immutable.Contains(type) || type.IsEnum => Make(typeof(ShallowCopier<>), type),
        _ when ConverterOf(type) is { } converter => MakeSurrogate(type, converter),
        _ when type == typeof(ReadOnlyMemory<byte>) => new CollectionCopiers.OfReadOnlyMemory(),
        { IsArray: true } when type.IsSZArray => Make(typeof(CollectionCopiers.OfArray<>), type.GetElementType()!, Find(type.GetElementType()!)),
        { IsGenericType: true } when CollectionCopiers.Table.TryGetValue(type.GetGenericTypeDefinition(), out var definition) =>
            Make(definition, type.GetGenericArguments(), [.. type.GetGenericArguments().Select(Find)]),
        { IsGenericType: true } when KnownTypes.Tuples.Contains(type.GetGenericTypeDefinition()) =>
            Make(typeof(StructCopier<>), type, SerializedMembers.Structural(type), false),
        _ when typeof(Exception).IsAssignableFrom(type) => Make(typeof(ExceptionCopier<>), type, this),
        { IsInterface: true } when typeof(IAddressable).IsAssignableFrom(type) => Make(typeof(ReferenceCopier<>), type),
        { IsInterface: true, IsGenericType: true } when CollectionCopiers.Interfaces.Contains(type.GetGenericTypeDefinition()) => MakeInterface(type),
        _ when type == typeof(object) || type.IsInterface || (type.IsAbstract && type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) =>
            Make(typeof(RuntimeTypeCopier<>), type),
        _ => MakeAttributed(type),
    };

    private Copier MakeInterface(Type type)
    {
        foreach (var argument in type.GetGenericArguments()) Find(argument);
        return Make(typeof(RuntimeTypeCopier<>), type);
    }

    private Copier MakeAttributed(Type type)
    {
        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            throw new UnserializableTypeException(
                $"{ReadableNames.Of(type)} is a class of grains or observers. Declare the interface and pass a reference.");
        }

        if (KnownTypes.IsCompilerMade(type))
        {
            throw new UnserializableTypeException(
                $"{type.Name} was made by the compiler for a collection expression or an iterator. "
                + "Send an array, a List<T> or an ImmutableArray<T>: [.. items] assigned to such a type, or .ToArray().");
        }

        var members = SerializedMembers.Of(type);
        foreach (var alias in type.GetCustomAttributes<AliasAttribute>(inherit: false).Select(attribute => attribute.Alias))
        {
            var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            if (_aliases.TryAdd(alias, definition) || _aliases[alias] == definition) continue;
            throw new UnserializableTypeException(
                $"{ReadableNames.Of(type)} and {ReadableNames.Of(_aliases[alias])} share the alias \"{alias}\". Give each its own.");
        }

        var isImmutable = trustImmutable && type.IsDefined(typeof(ImmutableAttribute), inherit: false);
        return Make(type.IsValueType ? typeof(StructCopier<>) : typeof(ObjectCopier<>), type, members, isImmutable);
    }

    private Type? ConverterOf(Type type) =>
        _converters.TryGetValue(type, out var closed) ? closed
        : type.IsConstructedGenericType && _converters.TryGetValue(type.GetGenericTypeDefinition(), out var open)
            ? open.MakeGenericType(type.GetGenericArguments())
            : null;

    private Copier MakeSurrogate(Type type, Type converter)
    {
        var surrogate = ConversionsOf(converter).First(contract => contract.GetGenericArguments()[0] == type).GetGenericArguments()[1];
        return Make(typeof(SurrogateCopier<,>), [type, surrogate], [Activator.CreateInstance(converter)!, Find(surrogate)]);
    }
}
