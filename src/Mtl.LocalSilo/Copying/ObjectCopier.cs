using System.Runtime.CompilerServices;

namespace Mtl.LocalSilo.Copying;

/// <summary>Objects of an attributed class.</summary>
internal sealed class ObjectCopier<T>(SerializedMembers members, bool isImmutable) : TrackedCopier<T>, ICompletable
    where T : class
{
    private readonly MemberCopier<T> _members = new(members);

    /// <summary>A class that others extend isn't shallow: what they add may change.</summary>
    public override bool IsShallow => isImmutable && typeof(T).IsSealed;

    public void Complete(CopierTable copiers) => _members.Complete(copiers);

    protected override T CopyNew(T value, CopyScope scope)
    {
        if (isImmutable) return value;
        var copy = (T)Clone(value);
        scope.Add(value, copy);
        _members.Copy(ref copy, ref value, scope);
        return copy;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "MemberwiseClone")]
    private static extern object Clone(object value);
}
