namespace Mtl.LocalSilo.Copying;

/// <summary>Values declared as an interface, an abstract class or object: each is copied, or refused, by the type that it has.</summary>
internal sealed class RuntimeTypeCopier<T> : Copier<T>
{
    public override T Copy(T value, CopyScope scope) => value switch
    {
        null => value,
        _ when value.GetType() == typeof(object) => throw new UnserializableTypeException("a bare object holds nothing to send. Send a value of a concrete type."),
        _ => (T)scope.CopyByRuntimeType(value),
    };
}
