namespace Mtl.LocalSilo.Copying;

/// <summary>Copies values of one type, so that caller and callee share nothing that either could change.</summary>
internal abstract class Copier
{
    /// <summary>Whether every value is its own copy, because nobody can change it.</summary>
    public abstract bool IsShallow { get; }

    /// <summary>The copy of a value, boxed where the type is a struct.</summary>
    public abstract object? CopyObject(object? value, CopyScope scope);
}
