using System.Diagnostics;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Tracking.People;

namespace Mtl.Application.Tests.People;

/// <summary>That the time of an answer does not tell how near a guess was.</summary>
public sealed class TimingTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task A_token_that_is_right_but_for_its_last_letter_is_refused_as_fast_as_any_other()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        var secret = (await host.TokenAsync("ada", TokenScope.Read)).Secret;
        var near = new Credential.Token(secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'));

        var (first, second) = await MediansAsync(Rounds, _ => host.Authentication.IdentifyAsync(near, ""), _ => host.Authentication.IdentifyAsync(new Credential.Token(TokenSecret.New()), ""));

        (first / second).ShouldBeInRange(0.6, 1.6, $"medians of {Rounds}: {first} and {second} µs");
    }

    [Fact]
    public async Task An_unknown_name_takes_as_long_as_a_wrong_password()
    {
        await using var host = await PeopleHost.WithUsersAsync(new PeopleOptions { SignIn = new SignInLimits { FreeFailures = 1000 } }, "ada");

        var (known, unknown) = await MediansAsync(
            9, round => host.Authentication.IdentifyAsync(new Credential.Password("ada", $"wrong {round}"), ""), round => host.Authentication.IdentifyAsync(new Credential.Password($"nobody{round}", "wrong"), ""));

        (known / unknown).ShouldBeInRange(0.5, 2, $"medians: {known} and {unknown} µs");
    }

    /// <summary>Median times of two works in µs, measured in turn so that what else the machine does strikes both.</summary>
    private static async Task<(double First, double Second)> MediansAsync(int rounds, Func<int, Task> first, Func<int, Task> second)
    {
        var times = (First: new List<double>(), Second: new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            times.First.Add(await MicrosecondsAsync(first, round));
            times.Second.Add(await MicrosecondsAsync(second, round));
        }

        return (Median(times.First), Median(times.Second));
    }

    private static async Task<double> MicrosecondsAsync(Func<int, Task> work, int round)
    {
        var start = Stopwatch.GetTimestamp();
        await work(round);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
