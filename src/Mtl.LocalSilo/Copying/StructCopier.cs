namespace Mtl.LocalSilo.Copying;

/// <summary>Values of an attributed struct, or of one of the framework's that only holds others.</summary>
internal sealed class StructCopier<T>(SerializedMembers members, bool isImmutable) : Copier<T>, ICompletable
    where T : struct
{
    private readonly MemberCopier<T> _members = new(members);
    private bool _isComplete;

    public override bool IsShallow => isImmutable || (_isComplete && _members.IsShallow);

    public void Complete(CopierTable copiers)
    {
        _members.Complete(copiers);
        _isComplete = true;
    }

    public override T Copy(T value, CopyScope scope)
    {
        if (isImmutable) return value;
        var copy = value;
        _members.Copy(ref copy, ref value, scope);
        return copy;
    }
}
