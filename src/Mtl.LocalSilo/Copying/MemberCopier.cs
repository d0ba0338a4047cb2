namespace Mtl.LocalSilo.Copying;

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
