using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Mtl.LocalSilo.Copying;

/// <summary>Copiers of the framework's collections.</summary>
internal static class CollectionCopiers
{
    /// <summary>Generic type → its copier, made with the copiers of its type arguments.</summary>
    public static readonly IReadOnlyDictionary<Type, Type> Table = new Dictionary<Type, Type>
    {
        [typeof(List<>)] = typeof(OfList<>),
        [typeof(Dictionary<,>)] = typeof(OfDictionary<,>),
        [typeof(HashSet<>)] = typeof(OfHashSet<>),
        [typeof(ImmutableArray<>)] = typeof(OfImmutableArray<>),
        [typeof(ImmutableList<>)] = typeof(OfImmutableList<>),
        [typeof(ImmutableDictionary<,>)] = typeof(OfImmutableDictionary<,>),
        [typeof(Nullable<>)] = typeof(OfNullable<>),
    };

    /// <summary>Interfaces that a member may be declared as; what matters is the collection that is in it.</summary>
    public static readonly IReadOnlySet<Type> Interfaces = new HashSet<Type>
    {
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IReadOnlyCollection<>), typeof(IList<>), typeof(IReadOnlyList<>),
        typeof(ISet<>), typeof(IReadOnlySet<>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>),
    };

    internal sealed class OfArray<T>(Copier<T> element) : TrackedCopier<T[]>
    {
        protected override T[] CopyNew(T[] value, CopyScope scope)
        {
            var copy = (T[])value.Clone();
            scope.Add(value, copy);
            if (element.IsShallow) return copy;
            foreach (ref var item in copy.AsSpan()) item = element.Copy(item, scope);
            return copy;
        }
    }

    internal sealed class OfReadOnlyMemory : Copier<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> value, CopyScope scope) => value.ToArray();
    }

    private sealed class OfList<T>(Copier<T> element) : TrackedCopier<List<T>>
    {
        protected override List<T> CopyNew(List<T> value, CopyScope scope)
        {
            List<T> copy = [.. value];
            scope.Add(value, copy);
            if (element.IsShallow) return copy;
            foreach (ref var item in CollectionsMarshal.AsSpan(copy)) item = element.Copy(item, scope);
            return copy;
        }
    }

    private sealed class OfDictionary<TKey, TValue>(Copier<TKey> key, Copier<TValue> element) : TrackedCopier<Dictionary<TKey, TValue>>
        where TKey : notnull
    {
        protected override Dictionary<TKey, TValue> CopyNew(Dictionary<TKey, TValue> value, CopyScope scope)
        {
            var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
            scope.Add(value, copy);
            foreach (var (name, item) in value) copy.Add(key.Copy(name, scope), element.Copy(item, scope));
            return copy;
        }
    }

    private sealed class OfHashSet<T>(Copier<T> element) : TrackedCopier<HashSet<T>>
    {
        protected override HashSet<T> CopyNew(HashSet<T> value, CopyScope scope)
        {
            var copy = new HashSet<T>(value.Count, value.Comparer);
            scope.Add(value, copy);
            foreach (var item in value) copy.Add(element.Copy(item, scope));
            return copy;
        }
    }

    private sealed class OfImmutableArray<T>(Copier<T> element) : Copier<ImmutableArray<T>>
    {
        public override bool IsShallow => element.IsShallow;

        public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyScope scope) =>
            IsShallow || value.IsDefault ? value : ImmutableArray.CreateRange(value, item => element.Copy(item, scope));
    }

    private sealed class OfImmutableList<T>(Copier<T> element) : TrackedCopier<ImmutableList<T>>
    {
        public override bool IsShallow => element.IsShallow;

        protected override ImmutableList<T> CopyNew(ImmutableList<T> value, CopyScope scope)
        {
            var copy = value.ConvertAll(item => element.Copy(item, scope));
            scope.Add(value, copy);
            return copy;
        }
    }

    private sealed class OfImmutableDictionary<TKey, TValue>(Copier<TKey> key, Copier<TValue> element) : TrackedCopier<ImmutableDictionary<TKey, TValue>>
        where TKey : notnull
    {
        public override bool IsShallow => key.IsShallow && element.IsShallow;

        protected override ImmutableDictionary<TKey, TValue> CopyNew(ImmutableDictionary<TKey, TValue> value, CopyScope scope)
        {
            var copy = value.ToImmutableDictionary(
                pair => key.Copy(pair.Key, scope), pair => element.Copy(pair.Value, scope), value.KeyComparer, value.ValueComparer);
            scope.Add(value, copy);
            return copy;
        }
    }

    private sealed class OfNullable<T>(Copier<T> element) : Copier<T?>
        where T : struct
    {
        public override bool IsShallow => element.IsShallow;

        public override T? Copy(T? value, CopyScope scope) => value is { } present ? element.Copy(present, scope) : null;
    }
}
