using System.Runtime.CompilerServices;

namespace Mtl.LocalSilo.Copying;

/// <summary>What a copier of members needs before it can copy: types may contain themselves, so copiers are made first and completed later.</summary>
internal interface ICompletable
{
    /// <summary>Finds the copiers of the members.</summary>
    void Complete(CopierTable copiers);
}

/// <summary>The members' part of copying an object or a struct.</summary>
internal sealed class MemberCopier<T>(SerializedMembers members)
{
    private Copier[] _copiers = [];
    private CopyMembers<T>? _copy;

    /// <summary>Whether a bitwise clone is a full copy.</summary>
    public bool IsShallow => _copy is null;

    public void Complete(CopierTable copiers)
    {
        var deep = members.Sent.Select(field => (field, copier: copiers.OfMember(field))).Where(pair => !pair.copier.IsShallow).ToList();
        _copiers = [.. deep.Select(pair => pair.copier)];
        _copy = deep.Count == 0 && members.Left.Count == 0 ? null : MemberCopying.Compile<T>([.. deep.Select(pair => pair.field)], members.Left);
    }

    public void Copy(ref T clone, ref T original, CopyScope scope) => _copy?.Invoke(ref clone, ref original, _copiers, scope);
}

/// <summary>Objects of an attributed class.</summary>
internal sealed partial class ObjectCopier<T>(SerializedMembers members, bool isImmutable) : TrackedCopier<T>, ICompletable
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
