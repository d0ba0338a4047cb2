using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Tests.People;

/// <summary>Who a credential proves.</summary>
public sealed class AuthenticationTests
{
    private const string WrongToken = "The token is not valid: it is wrong, has expired or was taken back. Make a new one on the account page.";

    private const string WrongPassword = "The user's name or password is wrong. After several wrong ones each makes you wait longer. An administrator can set a new password.";

    [Fact]
    public async Task Without_users_everyone_may_do_everything_whatever_they_send()
    {
        await using var host = new PeopleHost();

        foreach (var credential in (Credential[])[Credential.None, new Credential.Token("mtl_x"), new Credential.Password("ada", "x"), new Credential.SessionId("x"), new Credential.Unreadable()])
        {
            await using var scope = await host.ScopeAsync(credential);
            scope.Refusal.ShouldBeNull();
            scope.Caller.IsOpen.ShouldBeTrue();
            (await scope.Access.RefuseAsync(Permission.Manage, Resource.Platform)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_server_that_others_reach_is_never_open()
    {
        await using var host = new PeopleHost(new PeopleOptions { IsOpenWithoutUsers = false });
        await using var scope = await host.ScopeAsync(Credential.None);

        (await scope.Access.RefuseAsync(Permission.Read, Resource.Platform))!.Kind.ShouldBe(ErrorKind.Unauthenticated);
    }

    [Fact]
    public async Task With_the_first_user_everyone_has_to_sign_in_those_who_are_there_already_too()
    {
        await using var host = new PeopleHost();
        await using var before = await host.ScopeAsync(Credential.None);
        await using var setUp = await host.ScopeAsync(Credential.None);

        (await setUp.Get<IAccounts>().SetUpAsync("ada", PeopleHost.Password)).IsSuccess.ShouldBeTrue();

        await using var after = await host.ScopeAsync(Credential.None);
        (await after.Access.RefuseAsync(Permission.Read, Resource.Platform))!.ToString()
            .ShouldBe("This needs somebody who has signed in. Sign in at /sign-in, or send a token (Authorization: Bearer mtl_…) or a user's name and password (HTTP Basic).");
        host.Time.Advance(TimeSpan.FromSeconds(15));
        (await before.Access.RefuseAsync(Permission.Read, Resource.Platform))!.Kind.ShouldBe(ErrorKind.Unauthenticated);
    }

    [Fact]
    public async Task A_password_proves_its_user_and_a_wrong_one_nobody()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");

        await using var right = await host.ScopeAsync(new Credential.Password("ADA", PeopleHost.Password));
        (right.Caller.Name, right.Caller.IsAdministrator, right.Caller.Cap, right.Caller.By).ShouldBe(("ada", false, Permission.Manage, "password"));
        foreach (var (name, password) in new[] { ("ada", "wrong"), ("nobody", PeopleHost.Password), ("", ""), ("ada", "") })
        {
            await using var wrong = await host.ScopeAsync(new Credential.Password(name, password));
            wrong.Refusal!.ToString().ShouldBe(WrongPassword);
            wrong.Caller.ShouldBe(Caller.Anonymous with { Address = "127.0.0.1", Quota = "address 127.0.0.1" }, "what is refused counts as its address");
        }
    }

    [Theory]
    [InlineData(TokenScope.Read, Permission.Read)]
    [InlineData(TokenScope.Write, Permission.Edit)]
    [InlineData(TokenScope.Admin, Permission.Manage)]
    public async Task A_token_proves_its_owner_within_its_scope(TokenScope tokenScope, Permission cap)
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        var token = await host.TokenAsync("ada", tokenScope);

        foreach (var name in (string?[])[null, "ada", "Ada"])
        {
            await using var scope = await host.ScopeAsync(new Credential.Token(token.Secret, name));
            (scope.Caller.Name, scope.Caller.Cap, scope.Caller.By).ShouldBe(("ada", cap, "token laptop"));
        }
    }

    [Fact]
    public async Task A_token_that_is_wrong_expired_revoked_anothers_or_of_somebody_switched_off_is_refused_in_the_same_words()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada", "grace");
        var (token, revoked, expiring) = (await host.TokenAsync("ada", TokenScope.Read), await host.TokenAsync("ada", TokenScope.Read), await host.TokenAsync("ada", TokenScope.Read, days: 1));
        await using (var own = await host.AsAsync("ada"))
            (await own.Get<IAccounts>().RevokeTokenAsync(revoked.Token.Id)).IsSuccess.ShouldBeTrue();
        host.Time.Advance(TimeSpan.FromDays(1));

        foreach (var sent in (Credential[])[
            new Credential.Token("mtl_wrong"), new Credential.Token(""), new Credential.Token(token.Secret + "x"), new Credential.Token(token.Secret[..^1]), new Credential.Token(token.Secret.ToUpperInvariant()),
            new Credential.Token(revoked.Secret), new Credential.Token(expiring.Secret), new Credential.Token(token.Secret, "grace"), new Credential.Token(TokenSecret.Hash(token.Secret))])
        {
            await using var scope = await host.ScopeAsync(sent);
            scope.Refusal!.ToString().ShouldBe(WrongToken);
        }

        await using (var root = await host.AsAsync("root"))
            (await root.Get<IPeople>().SetDisabledAsync("ada", true)).IsSuccess.ShouldBeTrue();
        await using (var off = await host.ScopeAsync(new Credential.Token(token.Secret)))
            off.Refusal!.ToString().ShouldBe(WrongToken);
        await using (var password = await host.AsAsync("ada"))
            password.Refusal!.ToString().ShouldBe(WrongPassword);
    }

    [Fact]
    public async Task A_session_lasts_while_it_is_used_and_ends_when_it_is_not()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        var session = await SignInAsync(host, "ada");

        for (var week = 0; week < 5; week++)
        {
            host.Time.Advance(TimeSpan.FromDays(13));
            await using var used = await host.ScopeAsync(new Credential.SessionId(session));
            used.Caller.Name.ShouldBe("ada");
        }

        host.Time.Advance(TimeSpan.FromDays(14));
        await using var over = await host.ScopeAsync(new Credential.SessionId(session));
        (over.Refusal, over.Caller.Cap).ShouldBe((null, Permission.None));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_its_cookie()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        var session = await SignInAsync(host, "ada");
        await using (var own = await host.ScopeAsync(new Credential.SessionId(session)))
            await own.Get<IAccounts>().SignOutAsync();

        await using var again = await host.ScopeAsync(new Credential.SessionId(session));

        again.Caller.Cap.ShouldBe(Permission.None);
    }

    [Fact]
    public async Task A_changed_password_ends_all_sessions_but_the_one_that_changed_it()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        var (here, elsewhere) = (await SignInAsync(host, "ada"), await SignInAsync(host, "ada"));
        await using (var own = await host.ScopeAsync(new Credential.SessionId(here)))
        {
            (await own.Get<IAccounts>().ChangePasswordAsync("wrong", "a new long password")).Error!.Message.ShouldBe("The current password is wrong.");
            (await own.Get<IAccounts>().ChangePasswordAsync(PeopleHost.Password, "short")).Error!.Kind.ShouldBe(ErrorKind.Invalid);
            (await own.Get<IAccounts>().ChangePasswordAsync(PeopleHost.Password, "a new long password")).IsSuccess.ShouldBeTrue();
        }

        await using (var still = await host.ScopeAsync(new Credential.SessionId(here)))
            still.Caller.Name.ShouldBe("ada");
        await using (var gone = await host.ScopeAsync(new Credential.SessionId(elsewhere)))
            gone.Caller.Cap.ShouldBe(Permission.None);
        await using (var old = await host.AsAsync("ada"))
            old.Refusal.ShouldNotBeNull("the old password");
    }

    [Fact]
    public async Task An_open_page_of_somebody_switched_off_is_refused_soon()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using var page = await host.ScopeAsync(new Credential.SessionId(await SignInAsync(host, "ada")));
        await using (var root = await host.AsAsync("root"))
            await root.Get<IPeople>().SetDisabledAsync("ada", true);

        host.Time.Advance(TimeSpan.FromSeconds(15));

        (await page.Access.RefuseAsync(Permission.Read, Resource.Platform))!.Kind.ShouldBe(ErrorKind.Unauthenticated);
    }

    [Fact]
    public async Task The_folders_owner_may_do_everything_by_its_secret()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { OwnerTokenHash = TokenSecret.Hash("mtl_owner") });

        await using var owner = await host.ScopeAsync(new Credential.Token("mtl_owner"));
        await using var other = await host.ScopeAsync(new Credential.Token("mtl_owned"));

        (owner.Caller.IsAdministrator, owner.Caller.By).ShouldBe((true, "owner"));
        other.Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_comes_from_a_sign_in_service_gets_an_account_where_that_is_wanted_and_takes_over_none()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using var scope = await host.ScopeAsync(Credential.None);
        var accounts = scope.Get<IAccounts>();

        (await accounts.SignInExternalAsync("Work", "7", "grace", makesAccounts: false)).Error!.ToString().ShouldBe("Work knows you, but there is no account for you here. Ask an administrator for one.");
        (await accounts.SignInExternalAsync("Work", "7", "ada", makesAccounts: true)).Error!.ToString().ShouldBe("There is a user 'ada' already. Choose another name.");
        var first = (await accounts.SignInExternalAsync("Work", "7", "grace", makesAccounts: true)).Value;
        var second = (await accounts.SignInExternalAsync("Work", "7", "renamed there", makesAccounts: false)).Value;

        (first.Name, second.Name, second.UserId).ShouldBe(("grace", "grace", first.UserId));
        await using var session = await host.ScopeAsync(new Credential.SessionId(second.SessionId));
        session.Caller.IsAdministrator.ShouldBeFalse();
        await using var password = await host.ScopeAsync(new Credential.Password("grace", ""));
        password.Refusal.ShouldNotBeNull("an account without a password has none to guess");
    }

    private static async Task<string> SignInAsync(PeopleHost host, string name)
    {
        await using var scope = await host.ScopeAsync(Credential.None);
        return (await scope.Get<IAccounts>().SignInAsync(name, PeopleHost.Password)).Value.SessionId;
    }
}
