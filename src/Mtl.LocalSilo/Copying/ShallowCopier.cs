namespace Mtl.LocalSilo.Copying;

/// <summary>Values that nobody can change, or that their owner vouches for.</summary>
internal sealed class ShallowCopier<T> : Copier<T>
{
    public override bool IsShallow => true;

    public override T Copy(T value, CopyScope scope) => value;
}
