namespace Mtl.Tracking.People;

/// <summary>Whom a permission is given to.</summary>
public enum PrincipalKind
{
    User,
    Team,

    /// <summary>Everyone who can sign in, without a grant of their own or of their teams.</summary>
    Everyone,
}

/// <summary>Whom a permission is given to: a user or a team by its id, or everyone.</summary>
public sealed record Principal(PrincipalKind Kind, string Id)
{
    public static Principal Everyone { get; } = new(PrincipalKind.Everyone, "");

    public static Principal User(string id) => new(PrincipalKind.User, id);

    public static Principal Team(string id) => new(PrincipalKind.Team, id);
}
