using Mtl.Core;
using Mtl.Tracking.People;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IUserStore</c>, <c>ITeamStore</c>, <c>ICredentialStore</c> and <c>IAuditStore</c> must hold.</summary>
public abstract class PeopleStoreConformance(StoreSource source) : StoreConformance(source)
{
    private static readonly User Ada = new("u1", "Ada", Noon)
    {
        IsAdministrator = true, PasswordHash = "hash", ExternalId = "service:1", LastSignInAt = Noon.AddMinutes(-1),
    };

    private PeopleStores People => Stores.People;

    [Fact]
    public async Task A_user_is_read_back_as_it_was()
    {
        (await People.Users.AddAsync(Ada)).Value.ShouldBe(Ada with { Version = 1 });

        (await People.Users.GetAsync("u1")).Value.ShouldBe(Ada with { Version = 1 });
        (await People.Users.FindByNameAsync(" aDA ")).ShouldBe(Ada with { Version = 1 });
        (await People.Users.FindByExternalIdAsync("service:1")).ShouldBe(Ada with { Version = 1 });
        (await People.Users.FindByNameAsync("grace")).ShouldBeNull();
        (await People.Users.FindByExternalIdAsync("service:2")).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_belongs_to_one_user_whatever_the_case_of_its_letters()
    {
        await People.Users.AddAsync(Ada);

        (await People.Users.AddAsync(new User("u2", "ADA", Noon))).Error!.ToString().ShouldBe("There is a user 'ADA' already. Choose another name.");
        (await People.Users.AddAsync(new User("u2", "Grace", Noon) { ExternalId = "service:1" })).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await People.Users.ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_write_names_the_version_that_it_replaces()
    {
        await AddAdministratorsAsync("root");
        var stored = (await People.Users.AddAsync(Ada)).Value;
        var changed = stored with { IsDisabled = true, IsAdministrator = false, PasswordHash = "other" };

        (await People.Users.UpdateAsync(changed)).Value.ShouldBe(changed with { Version = 2 });

        (await People.Users.UpdateAsync(stored)).Error!.Message.ShouldBe("The user 'u1' was changed by another write: version 1 was to be replaced, the store holds version 2.");
        (await People.Users.GetAsync("u1")).Value.ShouldBe(changed with { Version = 2 });
        (await People.Users.UpdateAsync(Ada with { Id = "none" })).Error!.Message.ShouldBe("There is no user 'none'.");
    }

    [Fact]
    public async Task Of_first_users_there_is_one()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => People.Users.AddFirstAsync(new User($"u{number}", $"user{number}", Noon))));

        added.Count(result => result.IsSuccess).ShouldBe(1);
        added.Where(result => !result.IsSuccess).ShouldAllBe(result => result.Error!.Message == "The first user has been set up already.");
        (await People.Users.ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task After_any_user_there_is_no_first_one_any_more()
    {
        await People.Users.AddAsync(Ada);

        (await People.Users.AddFirstAsync(new User("u2", "grace", Noon))).Error!.Kind.ShouldBe(ErrorKind.Conflict);
    }

    [Fact]
    public async Task It_is_known_whether_there_is_anyone()
    {
        (await People.Users.IsAnyoneAsync(administrators: false)).ShouldBeFalse();
        var user = (await People.Users.AddAsync(Ada with { IsAdministrator = false })).Value;
        (await People.Users.IsAnyoneAsync(administrators: false)).ShouldBeTrue();
        (await People.Users.IsAnyoneAsync(administrators: true)).ShouldBeFalse();
        user = (await People.Users.UpdateAsync(user with { IsAdministrator = true, IsDisabled = true })).Value;
        (await People.Users.IsAnyoneAsync(administrators: true)).ShouldBeFalse();
        await People.Users.UpdateAsync(user with { IsDisabled = false });
        (await People.Users.IsAnyoneAsync(administrators: true)).ShouldBeTrue();
    }

    [Fact]
    public async Task Administrators_who_go_all_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var all = await AddAdministratorsAsync([.. Enumerable.Range(0, 4).Select(number => $"r{round}-{number}")]);
            foreach (var earlier in (await People.Users.ListAsync()).Where(user => !all.Contains(user)))
                (await People.Users.RemoveAsync(earlier.Id)).IsSuccess.ShouldBeTrue();

            var gone = await Task.WhenAll(all.Select(async (user, number) => (number % 3) switch
            {
                0 => (await People.Users.UpdateAsync(user with { IsAdministrator = false })).Error,
                1 => (await People.Users.UpdateAsync(user with { IsDisabled = true })).Error,
                _ => (await People.Users.RemoveAsync(user.Id)).Error,
            }));

            var left = (await People.Users.ListAsync()).Where(user => user is { IsAdministrator: true, IsDisabled: false }).ShouldHaveSingleItem();
            gone.OfType<Error>().ShouldHaveSingleItem().ToString().ShouldBe($"'{left.Name}' is the only administrator who can sign in. Make somebody else one first.");
        }
    }

    [Fact]
    public async Task A_removed_user_takes_along_what_they_signed_in_with_and_what_they_were_given()
    {
        await AddAsync("ada", "grace");
        await People.Teams.AddAsync(new Team("t", "crew", Noon, ["ada", "grace"]));
        await People.Credentials.AddSessionAsync(NewSession("s", "ada"));
        await People.Credentials.AddTokenAsync(NewToken("k", "ada"));
        await People.Grants.SetAsync(new Grant("experiment", "e", Principal.User("ada"), Permission.Manage));

        (await People.Users.RemoveAsync("ada")).Value.ShouldBeTrue();

        (await People.Teams.ListAsync()).ShouldHaveSingleItem().Members.ShouldBe(["grace"]);
        (await People.Credentials.FindSessionAsync("s")).ShouldBeNull();
        (await People.Credentials.FindTokenAsync("hash of k")).ShouldBeNull();
        (await People.Grants.ListAsync("experiment", "e")).ShouldBeEmpty();
        (await People.Users.RemoveAsync("ada")).Error!.Message.ShouldBe("There is no user 'ada'.");
    }

    [Fact]
    public async Task A_team_has_a_name_of_its_own_and_known_members()
    {
        await AddAsync("ada", "grace");
        (await People.Teams.AddAsync(new Team("t1", "Crew", Noon, ["grace", "ada"]))).IsSuccess.ShouldBeTrue();

        var team = (await People.Teams.ListAsync()).ShouldHaveSingleItem();
        (team.Name, team.CreatedAt).ShouldBe(("Crew", Noon));
        team.Members.ShouldBe(["ada", "grace"], "by name");
        (await People.Teams.AddAsync(new Team("t2", "crew", Noon, []))).Error!.Message.ShouldBe("There is a team 'crew' already.");
        (await People.Teams.AddAsync(new Team("t2", "others", Noon, ["none"]))).Error!.Message.ShouldBe("There is no user 'none'.");
        (await People.Teams.AddAsync(new Team("t2", "others", Noon, []))).IsSuccess.ShouldBeTrue();
        (await People.Teams.UpdateAsync(new Team("t2", "CREW", Noon, []))).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await People.Teams.UpdateAsync(team with { Name = "Ship", Members = ["ada"] })).IsSuccess.ShouldBeTrue();
        (await People.Teams.ListAsync()).Select(each => $"{each.Name}: {string.Join(' ', each.Members)}").ShouldBe(["others: ", "Ship: ada"]);
        (await People.Teams.RemoveAsync("t1")).Value.ShouldBeTrue();
        (await People.Teams.RemoveAsync("t1")).Error!.Message.ShouldBe("There is no team 't1'.");
        (await People.Teams.UpdateAsync(team)).Error!.Message.ShouldBe("There is no team 't1'.");
    }

    [Fact]
    public async Task A_session_is_found_with_its_user_and_ends()
    {
        await AddAsync("ada", "grace");
        foreach (var (id, user, minutes) in new[] { ("s1", "ada", 1), ("s2", "ada", 2), ("s3", "grace", 3) })
            await People.Credentials.AddSessionAsync(NewSession(id, user) with { SeenAt = Noon.AddMinutes(minutes) });

        var (session, user1) = (await People.Credentials.FindSessionAsync("s1")).ShouldNotBeNull();
        session.ShouldBe(NewSession("s1", "ada") with { SeenAt = Noon.AddMinutes(1) });
        user1.Id.ShouldBe("ada");
        (await People.Credentials.FindSessionAsync("none")).ShouldBeNull();
        (await People.Credentials.ListSessionsAsync("ada")).Select(each => each.Id).ShouldBe(["s2", "s1"]);

        await People.Credentials.TouchSessionAsync("s1", Noon.AddMinutes(9), Noon.AddDays(2));
        (await People.Credentials.FindSessionAsync("s1"))!.Value.Session.ShouldBe(NewSession("s1", "ada") with { SeenAt = Noon.AddMinutes(9), ExpiresAt = Noon.AddDays(2) });

        await People.Credentials.RemoveSessionsAsync("ada", except: "s1");
        (await People.Credentials.ListSessionsAsync("ada")).ShouldHaveSingleItem().Id.ShouldBe("s1");
        await People.Credentials.RemoveExpiredSessionsAsync(Noon.AddDays(1));
        (await People.Credentials.FindSessionAsync("s3")).ShouldBeNull("its last moment has come");
        await People.Credentials.RemoveSessionAsync("s1");
        (await People.Credentials.FindSessionAsync("s1")).ShouldBeNull();
        await People.Credentials.AddSessionAsync(NewSession("s4", "grace"));
        await People.Credentials.RemoveSessionsAsync("grace", except: null);
        (await People.Credentials.ListSessionsAsync("grace")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_is_found_by_its_hash_and_taken_back_by_its_owner_alone()
    {
        await AddAsync("ada", "grace");
        await People.Credentials.AddTokenAsync(NewToken("k1", "ada"));
        await People.Credentials.AddTokenAsync(NewToken("k2", "ada") with { CreatedAt = Noon.AddMinutes(1), ExpiresAt = null, Scope = TokenScope.Admin });

        var (token, user) = (await People.Credentials.FindTokenAsync("hash of k1")).ShouldNotBeNull();
        token.ShouldBe(NewToken("k1", "ada"));
        user.Name.ShouldBe("ada");
        (await People.Credentials.FindTokenAsync("hash of k")).ShouldBeNull();
        (await People.Credentials.ListTokensAsync("ada")).Select(each => each.Id).ShouldBe(["k2", "k1"]);

        await People.Credentials.TouchTokenAsync("k1", Noon.AddHours(1));
        (await People.Credentials.FindTokenAsync("hash of k1"))!.Value.Token.UsedAt.ShouldBe(Noon.AddHours(1));

        (await People.Credentials.RemoveTokenAsync("grace", "k1")).Error!.Message.ShouldBe("There is no token 'k1'.");
        (await People.Credentials.RemoveTokenAsync("ada", "k1")).Value.ShouldBeTrue();
        (await People.Credentials.FindTokenAsync("hash of k1")).ShouldBeNull();
        await People.Credentials.RemoveTokensAsync("ada");
        (await People.Credentials.ListTokensAsync("ada")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_audit_log_is_read_from_its_end_and_filtered()
    {
        for (var number = 0; number < 6; number++)
        {
            await People.Audit.AppendAsync(new AuditEntry(
                0, Noon.AddMinutes(number), "u", number % 2 == 0 ? "Ada" : "grace", "session", number < 3 ? "account.sign-in" : "experiment.delete", $"experiment:e{number}", "größe 数据", "10.0.0.1", "r"));
        }

        var all = await People.Audit.ReadAsync(new AuditFilter());
        all.Select(entry => entry.Thing).ShouldBe(["experiment:e5", "experiment:e4", "experiment:e3", "experiment:e2", "experiment:e1", "experiment:e0"]);
        all[^1].ShouldBe(new AuditEntry(all[^1].Id, Noon, "u", "Ada", "session", "account.sign-in", "experiment:e0", "größe 数据", "10.0.0.1", "r"));

        (await ThingsAsync(new AuditFilter { Who = "ADA" })).ShouldBe(["experiment:e4", "experiment:e2", "experiment:e0"]);
        (await ThingsAsync(new AuditFilter { Action = "account." })).ShouldBe(["experiment:e2", "experiment:e1", "experiment:e0"]);
        (await ThingsAsync(new AuditFilter { Action = "%" })).ShouldBeEmpty();
        (await ThingsAsync(new AuditFilter { Thing = "experiment:e3" })).ShouldBe(["experiment:e3"]);
        (await ThingsAsync(new AuditFilter { From = Noon.AddMinutes(2), Until = Noon.AddMinutes(4) })).ShouldBe(["experiment:e3", "experiment:e2"]);
        (await ThingsAsync(new AuditFilter { Limit = 2 })).ShouldBe(["experiment:e5", "experiment:e4"]);
        (await ThingsAsync(new AuditFilter { Limit = 2, Before = all[1].Id })).ShouldBe(["experiment:e3", "experiment:e2"]);
    }

    private static Session NewSession(string id, string user) => new(id, user, Noon, Noon, Noon.AddDays(1), "10.0.0.1");

    private static ApiToken NewToken(string id, string user) => new(id, user, "laptop", $"hash of {id}", TokenScope.Write, Noon, Noon.AddDays(30), null);

    private async Task<string[]> ThingsAsync(AuditFilter filter) => [.. (await People.Audit.ReadAsync(filter)).Select(entry => entry.Thing)];

    private async Task<IReadOnlyList<User>> AddAdministratorsAsync(params string[] names)
    {
        var added = new List<User>();
        foreach (var name in names)
            added.Add((await People.Users.AddAsync(new User(name, name, Noon) { IsAdministrator = true })).Value);
        return added;
    }

    private async Task AddAsync(params string[] names)
    {
        foreach (var name in names)
            (await People.Users.AddAsync(new User(name, name, Noon))).IsSuccess.ShouldBeTrue();
    }
}
