namespace Mtl.LocalSilo.Copying;

/// <summary>A copier of objects of one class: other classes behind the same declaration go to their own copier, repeated objects to their copy.</summary>
internal abstract class TrackedCopier<T> : Copier<T>
    where T : class
{
    public sealed override T Copy(T value, CopyScope scope)
    {
        if (value is null) return null!;
        if (value.GetType() != typeof(T)) return (T)scope.CopyByRuntimeType(value);
        return scope.TryGet(value, out var copy) ? (T)copy : CopyNew(value, scope);
    }

    /// <summary>Copies an object met for the first time; adds the copy to the scope before it goes into what the object holds.</summary>
    protected abstract T CopyNew(T value, CopyScope scope);
}
