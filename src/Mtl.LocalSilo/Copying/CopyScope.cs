using System.Diagnostics.CodeAnalysis;

namespace Mtl.LocalSilo.Copying;

/// <summary>What has been copied within one message, so that an object that occurs twice, or within itself, does so in the copy.</summary>
internal sealed class CopyScope(CopierTable copiers)
{
    private Dictionary<object, object>? _copies;

    public bool TryGet(object original, [NotNullWhen(true)] out object? copy)
    {
        copy = null;
        return _copies is not null && _copies.TryGetValue(original, out copy);
    }

    public void Add(object original, object copy) => (_copies ??= new(ReferenceEqualityComparer.Instance)).Add(original, copy);

    /// <summary>Copies a value by the type that it has rather than by one that it is declared as.</summary>
    public object CopyByRuntimeType(object value) => copiers.For(value.GetType()).CopyObject(value, this)!;
}
