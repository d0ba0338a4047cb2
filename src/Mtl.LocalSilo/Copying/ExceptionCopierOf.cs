namespace Mtl.LocalSilo.Copying;

/// <summary>Exceptions as arguments, results and members.</summary>
internal sealed class ExceptionCopier<T>(CopierTable copiers) : Copier<T>
    where T : Exception
{
    public override T Copy(T value, CopyScope scope) => value is null ? null! : (T)ExceptionCopier.CopyOf(value, copiers);
}
