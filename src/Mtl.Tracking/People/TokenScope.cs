namespace Mtl.Tracking.People;

/// <summary>The most that may be done with an API token, whatever its owner may do.</summary>
public enum TokenScope
{
    Read,
    Write,
    Admin,
}

/// <summary>What scopes allow.</summary>
public static class TokenScopes
{
    /// <summary>The greatest permission that a scope lets through.</summary>
    public static Permission Ceiling(this TokenScope scope) => scope switch
    {
        TokenScope.Read => Permission.Read,
        TokenScope.Write => Permission.Edit,
        _ => Permission.Manage,
    };

    /// <summary>The least scope that lets <paramref name="permission"/> through.</summary>
    public static TokenScope For(Permission permission) => permission switch
    {
        Permission.Manage => TokenScope.Admin,
        Permission.Edit => TokenScope.Write,
        _ => TokenScope.Read,
    };
}
