using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Tests.People;

/// <summary>What administrators do, and what of it is noted.</summary>
public sealed class PeopleServiceTests
{
    [Fact]
    public async Task The_first_user_is_an_administrator()
    {
        await using var host = new PeopleHost();
        await using var open = await host.ScopeAsync(Credential.None);

        (await open.Get<IPeople>().CreateAsync("ada", PeopleHost.Password, isAdministrator: false)).Error!.ToString()
            .ShouldBe("The first user must be an administrator: from then on everyone has to sign in. Make an administrator first.");
        (await open.Get<IPeople>().CreateAsync("ada", PeopleHost.Password, isAdministrator: true)).IsSuccess.ShouldBeTrue();
        (await host.Authentication.IsOpenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_administrator_is_set_up_from_the_servers_own_machine_while_nobody_exists()
    {
        await using var host = new PeopleHost();
        await using var far = await host.ScopeAsync(Credential.None, "192.0.2.7");
        await using var near = await host.ScopeAsync(Credential.None, "::1");

        (await far.Get<IAccounts>().CanSetUpAsync()).ShouldBeFalse();
        (await far.Get<IAccounts>().SetUpAsync("eve", PeopleHost.Password)).Error!.Message.ShouldBe("The first administrator is set up from the server's own machine only.");
        (await near.Get<IAccounts>().CanSetUpAsync()).ShouldBeTrue();
        (await near.Get<IAccounts>().SetUpAsync("ada", "short")).Error!.Field.ShouldBe("password");
        (await near.Get<IAccounts>().SetUpAsync("ada", PeopleHost.Password)).Value.Name.ShouldBe("ada");
        (await host.Storage.Users.FindByNameAsync("ada"))!.LastSignInAt.ShouldNotBeNull("setting up signs in");
        (await near.Get<IAccounts>().CanSetUpAsync()).ShouldBeFalse();
        (await near.Get<IAccounts>().SetUpAsync("eve", PeopleHost.Password)).Error!.Kind.ShouldBe(ErrorKind.Conflict);
    }

    [Fact]
    public async Task An_administrator_who_can_sign_in_remains()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using var root = await host.AsAsync("root");
        var people = root.Get<IPeople>();

        foreach (var refused in (Result<bool>[])[await people.SetAdministratorAsync("root", false), await people.SetDisabledAsync("root", true), await people.RemoveAsync("root")])
            refused.Error!.ToString().ShouldBe("'root' is the only administrator who can sign in. Make somebody else one first.");

        (await people.SetAdministratorAsync("ada", true)).IsSuccess.ShouldBeTrue();
        (await people.SetAdministratorAsync("root", false)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Others_than_administrators_are_refused_all_of_it()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using var ada = await host.AsAsync("ada");
        var people = ada.Get<IPeople>();

        foreach (var refusal in (Error?[])[
            (await people.ListAsync()).Error, (await people.GetAsync("root")).Error, (await people.CreateAsync("eve", PeopleHost.Password, true)).Error,
            (await people.ResetPasswordAsync("root", PeopleHost.Password)).Error, (await people.SetAdministratorAsync("ada", true)).Error, (await people.SetDisabledAsync("root", true)).Error,
            (await people.RemoveAsync("root")).Error, (await people.TeamsAsync()).Error, (await people.SaveTeamAsync("crew", [])).Error, (await people.RemoveTeamAsync("crew")).Error,
            (await ada.Get<IAudit>().ReadAsync(new AuditFilter())).Error])
            refusal!.ToString().ShouldBe("Only administrators may do this. Ask an administrator.");
    }

    [Fact]
    public async Task A_reset_password_ends_the_users_sessions_and_lifts_the_guard()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { SignIn = new SignInLimits { FailuresPerAccount = 3 } }, "ada");
        string session;
        await using (var scope = await host.ScopeAsync(Credential.None))
            session = (await scope.Get<IAccounts>().SignInAsync("ada", PeopleHost.Password)).Value.SessionId;
        for (var attempt = 0; attempt < 3; attempt++)
            await using (await host.ScopeAsync(new Credential.Password("ada", "wrong"), "192.0.2.1")) { }
        await using (var root = await host.AsAsync("root"))
        {
            (await root.Get<IPeople>().GetAsync("ada")).Value.IsGuarded.ShouldBeTrue();
            (await root.Get<IPeople>().ResetPasswordAsync("ada", "another long password")).IsSuccess.ShouldBeTrue();
            (await root.Get<IPeople>().GetAsync("ada")).Value.IsGuarded.ShouldBeFalse();
        }

        await using var after = await host.ScopeAsync(new Credential.SessionId(session));
        await using var fresh = await host.ScopeAsync(new Credential.Password("ada", "another long password"), "192.0.2.2");

        after.Caller.Cap.ShouldBe(Permission.None);
        fresh.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_done_is_noted_with_who_by_what_and_from_where_but_no_secret_is()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using (var scope = await host.ScopeAsync(Credential.None, "192.0.2.7"))
        {
            await scope.Get<IAccounts>().SignInAsync("ada", "wrong\r\n\u001b[31mroot signed in");
            await scope.Get<IAccounts>().SignInAsync("ada\r\nroot\u202e", "a secret word");
            await scope.Get<IAccounts>().SignInAsync("ada", PeopleHost.Password);
        }

        var token = await host.TokenAsync("ada", TokenScope.Write, days: 30);
        await using var root = await host.AsAsync("root");
        var entries = (await root.Get<IAudit>().ReadAsync(new AuditFilter())).Value;

        entries.Select(entry => $"{entry.Who} {entry.By} {entry.Action} {entry.Detail} {entry.Address}").Take(4).ShouldBe(
        [
            "ada password token.create 'laptop', scope write, until 2026-03-31 127.0.0.1",
            "ada  account.sign-in  192.0.2.7",
            "ada��root�  account.sign-in-refused  192.0.2.7",
            "ada  account.sign-in-refused  192.0.2.7",
        ]);
        var all = string.Join('\n', entries);
        foreach (var secret in (string[])[PeopleHost.Password, "a secret word", "wrong", token.Secret])
            all.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Too_many_requests_are_refused_for_that_token_alone()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { RequestsPerSecond = 1, RequestBurst = 3 }, "ada");
        await using var one = await host.ScopeAsync(new Credential.Token((await host.TokenAsync("ada", TokenScope.Read)).Secret));
        await using var other = await host.ScopeAsync(new Credential.Token((await host.TokenAsync("ada", TokenScope.Read)).Secret));
        var limits = one.Get<RequestLimits>();

        for (var request = 0; request < 3; request++)
            limits.Refuse(one.Caller).ShouldBeNull();

        var error = limits.Refuse(one.Caller)!;
        error.ToString().ShouldBe("There were too many requests: 1 a second are allowed for long, 3 at once. Wait a moment; send more in each request.");
        error.RetryAfterSeconds!.Value.ShouldBeGreaterThanOrEqualTo(1);
        limits.Refuse(other.Caller).ShouldBeNull();
        limits.Refuse(Caller.Open).ShouldBeNull();
    }
}
