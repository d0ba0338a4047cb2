using Mtl.Tracking.People;

namespace Mtl.Tracking.Tests.People;

public sealed class LockoutTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lockout Rule = new() { MaximumFailures = 3, Period = TimeSpan.FromMinutes(5) };
    private static readonly User Ada = new("u", "ada", Noon);

    [Fact]
    public void Wrong_passwords_in_a_row_lock_the_account_for_a_while()
    {
        var user = Rule.AfterFailure(Rule.AfterFailure(Ada, Noon), Noon);
        Lockout.IsLocked(user, Noon).ShouldBeFalse();

        user = Rule.AfterFailure(user, Noon);

        Lockout.IsLocked(user, Noon).ShouldBeTrue();
        Lockout.IsLocked(user, Noon.AddMinutes(5).AddTicks(-1)).ShouldBeTrue();
        Lockout.IsLocked(user, Noon.AddMinutes(5)).ShouldBeFalse();
    }

    [Fact]
    public void Every_lock_takes_as_many_wrong_ones()
    {
        var user = Enumerable.Range(0, 3).Aggregate(Ada, (user, _) => Rule.AfterFailure(user, Noon));
        var later = Noon.AddHours(1);

        user = Rule.AfterFailure(Rule.AfterFailure(user, later), later);

        Lockout.IsLocked(user, later).ShouldBeFalse();
        Lockout.IsLocked(Rule.AfterFailure(user, later), later).ShouldBeTrue();
    }

    [Fact]
    public void A_right_password_starts_the_count_anew()
    {
        var user = Lockout.AfterSuccess(Rule.AfterFailure(Rule.AfterFailure(Ada, Noon), Noon), Noon);

        user.FailedSignIns.ShouldBe(0);
        user.LastSignInAt.ShouldBe(Noon);
        Lockout.IsLocked(Rule.AfterFailure(user, Noon), Noon).ShouldBeFalse();
    }
}
