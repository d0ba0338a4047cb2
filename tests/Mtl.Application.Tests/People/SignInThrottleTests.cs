using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Tests.People;

/// <summary>That guessing is slow, and that nobody is shut out by somebody else's guesses.</summary>
public sealed class SignInThrottleTests
{
    private const string Here = "192.0.2.1";
    private const string Elsewhere = "192.0.2.2";

    [Fact]
    public async Task Who_is_wrong_waits_twice_as_long_each_time_and_nobody_else_does()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await GuessAsync(host, "ada", Here, times: 5);
        (await SignInAsync(host, "ada", Elsewhere)).ShouldBeNull("others' guesses are no matter at another address");

        foreach (var seconds in (int[])[1, 2, 4, 8])
        {
            (await GuessAsync(host, "ada", Here)).ShouldContain("The user's name or password is wrong.");
            (await SignInAsync(host, "ada", Here, "a guess")).ShouldBe($"There were too many wrong passwords from here or for this account. Try again in {seconds} s.");
            host.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            (await SignInAsync(host, "ada", Here, "a guess"))!.ShouldContain("Try again in 1 s.");
            host.Time.Advance(TimeSpan.FromTicks(1));
        }

        (await SignInAsync(host, "ada", Here)).ShouldBeNull();
        await GuessAsync(host, "ada", Here, times: 5);
        (await GuessAsync(host, "ada", Here)).ShouldContain("The user's name or password is wrong.", customMessage: "a right password starts the count anew");
    }

    [Fact]
    public async Task No_wait_is_longer_than_five_minutes_and_all_is_forgotten_after_an_hour()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await GuessAsync(host, "ada", Here);
            host.Time.Advance(TimeSpan.FromMinutes(5));
        }

        await GuessAsync(host, "ada", Here);
        (await SignInAsync(host, "ada", Here))!.ShouldContain("Try again in 300 s.");
        host.Time.Advance(TimeSpan.FromHours(1));
        await GuessAsync(host, "ada", Here);
        (await SignInAsync(host, "ada", Here)).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_answered_as_one_that_somebody_has()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");

        for (var attempt = 0; attempt < 8; attempt++)
            (await GuessAsync(host, "nobody", Here)).ShouldBe(await GuessAsync(host, "ada", Elsewhere));
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_counted_one_by_one()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => SignInAsync(host, "ada", Here, $"guess {number}")));

        answers.Count(answer => answer!.Contains("password is wrong.", StringComparison.Ordinal)).ShouldBe(6, "five are free, and the sixth begins the wait");
    }

    [Fact]
    public async Task An_account_guessed_at_from_everywhere_is_listened_to_where_it_is_known()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { SignIn = new SignInLimits { FailuresPerAccount = 20 } }, "ada", "grace");
        (await SignInAsync(host, "ada", "192.0.2.10")).ShouldBeNull();
        await using (var browser = await host.ScopeAsync(Credential.None, "192.0.2.11"))
            (await browser.Get<IAccounts>().SignInAsync("ada", PeopleHost.Password)).IsSuccess.ShouldBeTrue();
        host.Time.Advance(TimeSpan.FromHours(1));
        for (var address = 100; address < 120; address++)
            await GuessAsync(host, "ada", $"192.0.2.{address}");

        (await SignInAsync(host, "ada", "192.0.2.99")).ShouldBe("There were too many wrong passwords from here or for this account. Try again in 180 s.");
        (await SignInAsync(host, "ada", "192.0.2.10")).ShouldBeNull("its password was right there before");
        (await SignInAsync(host, "ada", "192.0.2.11")).ShouldBeNull("somebody is signed in there");
        (await SignInAsync(host, "grace", "192.0.2.99")).ShouldBeNull("another account");
        await using (var root = await host.AsAsync("root"))
            (await root.Get<IPeople>().GetAsync("ada")).Value.IsGuarded.ShouldBeTrue();
        host.Time.Advance(TimeSpan.FromMinutes(3));
        (await SignInAsync(host, "ada", "192.0.2.99")).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_is_wrong_about_many_names_waits()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { SignIn = new SignInLimits { FailuresPerAddress = 10 } }, "ada");
        for (var name = 0; name < 10; name++)
            await GuessAsync(host, $"name{name}", "2001:db8:1:2::1");

        (await SignInAsync(host, "ada", "2001:db8:1:2:ffff::7")).ShouldBe("There were too many wrong passwords from here or for this account. Try again in 360 s.", "a network of IPv6 counts as one address");
        (await SignInAsync(host, "ada", "2001:db8:1:3::1")).ShouldBeNull();
        host.Time.Advance(TimeSpan.FromMinutes(6));
        (await SignInAsync(host, "ada", "2001:db8:1:2:ffff::7")).ShouldBeNull();
    }

    [Fact]
    public async Task A_program_whose_password_was_right_a_moment_ago_goes_on_whatever_others_send()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        (await SignInAsync(host, "ada", Here)).ShouldBeNull();
        await GuessAsync(host, "ada", Here, times: 20);

        (await SignInAsync(host, "ada", Here)).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_sends_many_wrong_tokens_is_refused_unless_its_token_is_known()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { SignIn = new SignInLimits { RefusedPerAddress = 6 } }, "ada");
        var (known, fresh) = (await host.TokenAsync("ada", TokenScope.Read), await host.TokenAsync("ada", TokenScope.Read));
        (await RefusalAsync(new Credential.Token(known.Secret))).ShouldBeNull();
        for (var attempt = 0; attempt < 6; attempt++)
            (await RefusalAsync(attempt % 2 == 0 ? new Credential.Token(TokenSecret.New()) : new Credential.Unreadable()))!.Kind.ShouldBe(ErrorKind.Unauthenticated);

        (await RefusalAsync(new Credential.Token(fresh.Secret)))!.ToString()
            .ShouldBe("There were too many requests with wrong credentials from here or for this account. Try again in 10 s.");
        (await RefusalAsync(new Credential.Token(known.Secret))).ShouldBeNull();
        host.Time.Advance(TimeSpan.FromSeconds(10));
        (await RefusalAsync(new Credential.Token(fresh.Secret))).ShouldBeNull();

        async Task<Error?> RefusalAsync(Credential credential)
        {
            await using var scope = await host.ScopeAsync(credential, Here);
            return scope.Refusal;
        }
    }

    [Fact]
    public async Task Sign_ins_that_are_not_looked_at_do_not_fill_the_audit_log()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        for (var attempt = 0; attempt < 30; attempt++)
            await using (var scope = await host.ScopeAsync(Credential.None, Here))
                (await scope.Get<IAccounts>().SignInAsync("ada", "wrong")).IsSuccess.ShouldBeFalse();

        await using var root = await host.AsAsync("root");
        (await root.Get<IAudit>().ReadAsync(new AuditFilter { Action = "account.sign-in-refused" })).Value.Count.ShouldBe(6);
    }

    [Fact]
    public void What_is_noted_stays_bounded_and_the_oldest_goes()
    {
        var (book, noon) = (new BoundedBook<int>(100), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        for (var key = 0; key < 1000; key++)
            book.Note($"{key}", noon.AddSeconds(key), last => (last?.Note ?? 0) + 1);

        book.Count.ShouldBeInRange(50, 100);
        book["999"]!.Value.Note.ShouldBe(1);
        book["0"].ShouldBeNull();
    }

    private static Task<string> GuessAsync(PeopleHost host, string name, string address) => GuessAsync(host, name, address, times: 1);

    /// <summary>Sends wrong passwords, and gives the last answer back.</summary>
    private static async Task<string> GuessAsync(PeopleHost host, string name, string address, int times)
    {
        var answer = "";
        for (var attempt = 0; attempt < times; attempt++)
            answer = (await SignInAsync(host, name, address, "wrong"))!;
        return answer;
    }

    /// <summary>Null when the password is taken.</summary>
    private static async Task<string?> SignInAsync(PeopleHost host, string name, string address, string password = PeopleHost.Password)
    {
        await using var scope = await host.ScopeAsync(new Credential.Password(name, password), address);
        return scope.Refusal?.ToString();
    }
}
