namespace Mtl.Tracking.People;

/// <summary>How the grants on a thing come to one person's permission. The one place where that is decided.</summary>
public static class AccessRules
{
    /// <summary>
    /// The first of these that there is: the person's own grant, the greatest of their teams' grants, the grant to everyone, <paramref name="otherwise"/>. So a grant of
    /// <see cref="Permission.None"/> to a person keeps out a member of a team that may enter.
    /// </summary>
    public static Permission Combine(IEnumerable<Grant> applying, Permission otherwise)
    {
        Permission? own = null, team = null, everyone = null;
        foreach (var grant in applying)
        {
            switch (grant.Principal.Kind)
            {
                case PrincipalKind.User:
                    own = grant.Permission;
                    break;
                case PrincipalKind.Team:
                    team = team is { } other && other > grant.Permission ? other : grant.Permission;
                    break;
                default:
                    everyone = grant.Permission;
                    break;
            }
        }

        return own ?? team ?? everyone ?? otherwise;
    }

    /// <summary>What is left of a permission under a token's scope; all of it without a token.</summary>
    public static Permission Under(this Permission permission, TokenScope? scope) => scope is { } limit && limit.Ceiling() < permission ? limit.Ceiling() : permission;

    /// <summary>
    /// The permission on a thing that is made of others' work, as a model is of the experiments whose runs gave its versions: the least of theirs, so that nothing gets out by way of it;
    /// <paramref name="otherwise"/> when it comes of none.
    /// </summary>
    public static Permission Least(IEnumerable<Permission> origins, Permission otherwise) => origins.Select(permission => (Permission?)permission).Min() ?? otherwise;
}
