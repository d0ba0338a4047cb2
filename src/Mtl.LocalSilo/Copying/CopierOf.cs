namespace Mtl.LocalSilo.Copying;

/// <inheritdoc cref="Copier"/>
internal abstract class Copier<T> : Copier
{
    public override bool IsShallow => false;

    /// <summary>The copy of a value.</summary>
    public abstract T Copy(T value, CopyScope scope);

    public sealed override object? CopyObject(object? value, CopyScope scope) => value is null || IsShallow ? value : Copy((T)value, scope);
}
