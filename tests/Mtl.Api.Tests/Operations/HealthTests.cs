using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mtl.Api.Tests.Hosting;
using Mtl.Core;
using Mtl.Grains;
using Mtl.Grains.Contracts;
using Mtl.Host.Operations;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Api.Tests.Operations;

[Collection(ServerCollection.Name)]
public sealed class HealthTests(RunningServer server)
{
    private static readonly Func<object?> NoSuchRun = () => Task.FromResult((Result<Run>)Error.NotFound("There is no run 'health'."));
    private static readonly Func<object?> FreeSlots = () => Task.FromResult(new SlotsOverview(2, 2, [], []));

    [Fact]
    public async Task A_running_server_is_alive_and_ready()
    {
        (await server.SendAsync("GET", "/health/live")).ShouldBe(new Answer(HttpStatusCode.OK, "live"));
        (await server.SendAsync("GET", "/health/ready")).ShouldBe(new Answer(HttpStatusCode.OK, "ready"));
    }

    [Fact]
    public async Task A_server_whose_store_breaks_is_alive_and_says_what_is_not_ready()
    {
        var (live, ready) = await AskAsync(() => throw new IOException("Connection refused"), FreeSlots);

        live.ShouldBe(new Answer(HttpStatusCode.OK, "live"));
        ready.ShouldBe(new Answer(HttpStatusCode.ServiceUnavailable, "not ready\nstore: the store can't be read: Connection refused"));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_given_three_seconds()
    {
        var (_, ready) = await AskAsync(() => new TaskCompletionSource<Result<Run>>().Task, FreeSlots);

        ready.ShouldBe(new Answer(HttpStatusCode.ServiceUnavailable, "not ready\nstore: the store has not answered within 3 s"));
    }

    [Fact]
    public async Task A_server_whose_grains_do_not_answer_says_so()
    {
        var (_, ready) = await AskAsync(NoSuchRun, () => throw new TimeoutException("No answer within 30 s."));

        ready.ShouldBe(new Answer(HttpStatusCode.ServiceUnavailable, "not ready\nsilo: no grain answers: No answer within 30 s."));
    }

    /// <summary>A web program with nothing but the health endpoints, over a store and a grain that answer as given.</summary>
    private static async Task<(Answer Live, Answer Ready)> AskAsync(Func<object?> store, Func<object?> slots)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMtlHealth();
        builder.Services.AddSingleton(Answering.Of<IRunStore>(_ => store()));
        builder.Services.AddSingleton(Answering.Of<IGrainFactory>(_ => Answering.Of<ITrainingSlotsGrain>(_ => slots())));
        builder.Services.AddSingleton(new GrainsOptions());
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapHealth();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        return (await AskAsync(client, "/health/live"), await AskAsync(client, "/health/ready"));
    }

    private static async Task<Answer> AskAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
