using Mtl.Tracking.People;
using static Mtl.Tracking.People.Permission;

namespace Mtl.Tracking.Tests.People;

public sealed class AccessRulesTests
{
    private static readonly Permission?[] Every = [null, None, Read, Edit, Manage];

    /// <summary>Own grant, grants of teams, grant to everyone, otherwise → permission.</summary>
    public static TheoryData<Permission?, Permission[], Permission?, Permission, Permission> Rows => new()
    {
        { null, [], null, Read, Read },
        { null, [], null, None, None },
        { null, [], None, Read, None },
        { null, [], Manage, None, Manage },
        { null, [Read], None, None, Read },
        { null, [Read], Manage, Manage, Read },
        { null, [None], Edit, Edit, None },
        { null, [Read, Manage, Edit], null, None, Manage },
        { null, [None, Read], null, None, Read },
        { None, [Manage], Manage, Manage, None },
        { Read, [Manage], Manage, Manage, Read },
        { Edit, [], None, None, Edit },
        { Manage, [None], None, None, Manage },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_nearest_grant_counts(Permission? own, Permission[] teams, Permission? everyone, Permission otherwise, Permission expected) =>
        AccessRules.Combine(Grants(own, teams, everyone), otherwise).ShouldBe(expected);

    [Fact]
    public void The_order_of_the_grants_does_not_matter()
    {
        foreach (var own in Every)
        {
            foreach (var team in Every)
            {
                foreach (var everyone in Every)
                {
                    var grants = Grants(own, team is { } one ? [one, Read] : [], everyone).ToArray();
                    AccessRules.Combine(grants.Reverse(), Read).ShouldBe(AccessRules.Combine(grants, Read));
                }
            }
        }
    }

    [Theory]
    [InlineData(None, TokenScope.Admin, None)]
    [InlineData(Read, TokenScope.Admin, Read)]
    [InlineData(Manage, TokenScope.Admin, Manage)]
    [InlineData(Manage, TokenScope.Write, Edit)]
    [InlineData(Manage, TokenScope.Read, Read)]
    [InlineData(Edit, TokenScope.Read, Read)]
    [InlineData(None, TokenScope.Read, None)]
    public void A_token_lets_through_what_its_scope_allows_and_no_more(Permission permission, TokenScope scope, Permission expected) => permission.Under(scope).ShouldBe(expected);

    [Fact]
    public void Without_a_token_nothing_is_held_back() => Enum.GetValues<Permission>().ShouldAllBe(permission => permission.Under(null) == permission);

    [Fact]
    public void A_scope_is_the_least_that_lets_a_permission_through() =>
        Enum.GetValues<Permission>().ShouldAllBe(permission => permission.Under(TokenScopes.For(permission)) == permission
            && Enum.GetValues<TokenScope>().Where(scope => scope < TokenScopes.For(permission)).All(scope => permission.Under(scope) < permission));

    [Fact]
    public void What_comes_of_several_things_is_as_closed_as_the_most_closed_of_them()
    {
        AccessRules.Least([Manage, Read, Edit], None).ShouldBe(Read);
        AccessRules.Least([Manage, None], Manage).ShouldBe(None);
        AccessRules.Least([], Edit).ShouldBe(Edit);
    }

    [Fact]
    public void Names_are_those_of_MLflow_and_are_read_back()
    {
        Enum.GetValues<Permission>().Select(PermissionNames.Name).ShouldBe(["NO_PERMISSIONS", "READ", "EDIT", "MANAGE"]);
        Enum.GetValues<Permission>().ShouldAllBe(permission => PermissionNames.Parse(permission.Name()).Value == permission);
        PermissionNames.Parse("OWN").Error!.Message.ShouldBe("'OWN' is no permission; there are NO_PERMISSIONS, READ, EDIT, MANAGE.");
    }

    private static IEnumerable<Grant> Grants(Permission? own, Permission[] teams, Permission? everyone)
    {
        if (everyone is { } all)
            yield return new Grant("experiment", "e", Principal.Everyone, all);
        for (var index = 0; index < teams.Length; index++)
            yield return new Grant("experiment", "e", Principal.Team($"t{index}"), teams[index]);
        if (own is { } mine)
            yield return new Grant("experiment", "e", Principal.User("u"), mine);
    }
}
