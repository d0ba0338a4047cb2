using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Application.Runs;
using Mtl.Tracking.People;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.People;

/// <summary>That somebody who follows a run is told no more of it once they may not see it.</summary>
public sealed class EndedStreamTests
{
    private static readonly PeopleOptions Quick = new() { StreamCheckPeriod = TimeSpan.FromMilliseconds(10), CallerFreshness = TimeSpan.Zero, SessionLifetime = TimeSpan.FromHours(1) };

    public static TheoryData<string> Ends => [.. Reasons.Keys];

    /// <summary>By what a stream that was opened with ada's session or token ends.</summary>
    private static Dictionary<string, Func<PeopleHost, PeopleScope, Task>> Reasons { get; } = new()
    {
        ["session signed out"] = async (host, _) => await host.Storage.Credentials.RemoveSessionsAsync(await host.IdAsync("ada"), except: null),
        ["session expired"] = (host, _) =>
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            return Task.CompletedTask;
        },
        ["account switched off"] = async (_, root) => (await root.Get<IPeople>().SetDisabledAsync("ada", true)).IsSuccess.ShouldBeTrue(),
        ["account removed"] = async (_, root) => (await root.Get<IPeople>().RemoveAsync("ada")).IsSuccess.ShouldBeTrue(),
        ["permission taken"] = async (_, root) =>
            (await root.Get<IPermissions>().SetAsync(Resource.Experiment("e"), new Holder(PrincipalKind.Everyone), Permission.None)).IsSuccess.ShouldBeTrue(),
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_stream_of_a_session_ends(string reason)
    {
        await using var host = await HostAsync();
        await using var root = await host.AsAsync("root");
        string session;
        await using (var signIn = await host.ScopeAsync(Credential.None))
            session = (await signIn.Get<IAccounts>().SignInAsync("ada", PeopleHost.Password)).Value.SessionId;
        await using var ada = await host.ScopeAsync(new Credential.SessionId(session));

        await ShouldEndAsync(ada, () => Reasons[reason](host, root));
    }

    [Fact]
    public async Task A_stream_of_a_token_ends_when_it_is_taken_back()
    {
        await using var host = await HostAsync();
        var token = await host.TokenAsync("ada", TokenScope.Read);
        await using var ada = await host.ScopeAsync(new Credential.Token(token.Secret));
        await using var own = await host.AsAsync("ada");

        await ShouldEndAsync(ada, async () => (await own.Get<IAccounts>().RevokeTokenAsync(token.Token.Id)).IsSuccess.ShouldBeTrue());
    }

    [Fact]
    public async Task A_stream_goes_on_while_its_hearer_may_hear_it()
    {
        await using var host = await HostAsync();
        await using var ada = await host.AsAsync("ada");
        await using var updates = ada.Get<IRuns>().WatchAsync("running").GetAsyncEnumerator();

        (await updates.MoveNextAsync()).ShouldBeTrue();
        var next = updates.MoveNextAsync();
        for (var enough = host.Time.Reads + 60; host.Time.Reads < enough;)
            await Task.Yield();
        next.IsCompleted.ShouldBeFalse("it was looked at many times, and nothing has changed");
        var run = (await host.Storage.Runs.GetAsync("running")).Value;
        (await host.Storage.Runs.UpdateAsync(run with { Status = RunStatus.Completed })).IsSuccess.ShouldBeTrue();
        (await next).ShouldBeTrue();
        updates.Current.Status.ShouldBe(RunStatus.Completed);
        (await updates.MoveNextAsync()).ShouldBeFalse();
    }

    /// <summary>Follows a run that nobody logs to: the stream tells its status, then nothing, until it ends.</summary>
    private static async Task ShouldEndAsync(PeopleScope hearer, Func<Task> end)
    {
        await using var updates = hearer.Get<IRuns>().WatchAsync("running").GetAsyncEnumerator();
        (await updates.MoveNextAsync()).ShouldBeTrue();
        updates.Current.Status.ShouldBe(RunStatus.Running);

        var next = updates.MoveNextAsync();
        await end();

        (await next).ShouldBeFalse();
    }

    private static async Task<PeopleHost> HostAsync()
    {
        var host = await PeopleHost.WithUsersAsync(Quick, "ada");
        await host.AddExperimentAsync("e");
        (await host.Storage.Runs.AddAsync(new Run("running", "e", "run", RunKind.Tracked, null, host.Time.GetUtcNow()) { Status = RunStatus.Running })).IsSuccess.ShouldBeTrue();
        return host;
    }
}
