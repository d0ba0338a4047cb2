using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Host;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.People;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.Api.Tests.Security;

/// <summary>
/// The real server with accounts: the administrator <c>root</c>; <c>ada</c>, who has MANAGE on an experiment, a run of it with a file, a model and a dataset, all hidden from everyone else;
/// <c>grace</c>, of another team.
/// </summary>
public sealed class SecuredServer : IAsyncLifetime
{
    public const string Password = "correct horse battery";
    public const string Experiment = "0e0e0e";
    public const string Run = "0a0a0a";
    public const string Model = "closed";
    public const string Dataset = "0d0d0d";
    public const string LoggedModel = "m-0b0b0b";
    public const string CommentId = "0c0c01";
    public const string ViewId = "0c0c02";
    public const string WebhookId = "0c0c03";
    public const string DeliveryId = "0c0c04";

    /// <summary>The tests send more that is wrong, and faster, than a guesser could.</summary>
    private static readonly SignInLimits Patient = new() { FreeFailures = 1_000_000, FailuresPerAccount = 1_000_000, FailuresPerAddress = 1_000_000, RefusedPerAddress = 1_000_000 };

    private readonly string dataFolder = Directory.CreateTempSubdirectory("mtl-secured-").FullName;
    private MtlServer? server;

    public Uri Address => server!.Address;

    /// <summary>Speaks to the server, follows no redirects and keeps no cookies.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>A token of ada's that may only read.</summary>
    public string ReadToken { get; private set; } = "";

    /// <summary>A token of ada's that has expired.</summary>
    public string ExpiredToken { get; private set; } = "";

    internal IServiceProvider Services => server!.Services;

    /// <summary>Every route of the server but the files of its pages.</summary>
    internal IEnumerable<RouteEndpoint> Routes => Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async ValueTask InitializeAsync()
    {
        server = (await MtlServer.StartAsync(new ServerOptions(dataFolder, Port: 0) { SignIn = Patient }, CancellationToken.None)).Value;
        Client.BaseAddress = server.Address;
        await using (var scope = await ScopeAsync(Credential.System))
        {
            var people = scope.ServiceProvider.GetRequiredService<IPeople>();
            (await people.CreateAsync("root", Password, isAdministrator: true)).IsSuccess.ShouldBeTrue();
            foreach (var name in (string[])["ada", "grace"])
                (await people.CreateAsync(name, Password, isAdministrator: false)).IsSuccess.ShouldBeTrue();
            (await people.SaveTeamAsync("crew", ["ada"])).IsSuccess.ShouldBeTrue();
            (await people.SaveTeamAsync("others", ["grace"])).IsSuccess.ShouldBeTrue();
        }

        await AddThingsAsync();
        await using (var ada = await ScopeAsync(new Credential.Password("ada", Password)))
        {
            var accounts = ada.ServiceProvider.GetRequiredService<IAccounts>();
            ReadToken = (await accounts.CreateTokenAsync("reads", TokenScope.Read, days: null)).Value.Secret;
        }

        ExpiredToken = TokenSecret.New();
        var owner = (await Services.GetRequiredService<IUserStore>().FindByNameAsync("ada"))!;
        var longAgo = DateTimeOffset.UtcNow.AddDays(-2);
        await Services.GetRequiredService<ICredentialStore>().AddTokenAsync(
            new ApiToken("expired", owner.Id, "expired", TokenSecret.Hash(ExpiredToken), TokenScope.Admin, longAgo, longAgo.AddDays(1), null));
    }

    public async Task<AsyncServiceScope> ScopeAsync(Credential credential)
    {
        var scope = Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<CallerContext>().PresentAsync(credential, from: null, requestId: "")).ShouldBeNull();
        return scope;
    }

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    public static AuthenticationHeaderValue Basic(string name, string secret = Password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}")));

    public async Task<HttpResponseMessage> SendAsync(string method, string path, AuthenticationHeaderValue? authorization, string? json = null, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = authorization;
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        more?.Invoke(request);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server!.DisposeAsync();
        Directory.Delete(dataFolder, recursive: true);
    }

    private async Task AddThingsAsync()
    {
        var now = DateTimeOffset.UtcNow;
        await Services.GetRequiredService<IExperimentStore>().AddAsync(new Experiment(Experiment, "Closed", null, now, now, false, 0));
        await Services.GetRequiredService<IRunStore>().AddAsync(new Run(Run, Experiment, "quiet-owl", RunKind.Tracked, null, now) { Status = RunStatus.Completed });
        await Services.GetRequiredService<IArtifactStore>().WriteAsync(Run, "notes.txt", stream => stream.WriteAsync("for ada alone"u8.ToArray()).AsTask());
        await Services.GetRequiredService<IModelStore>().AddAsync(new ModelVersion(Model, 0, Run, "notes.txt", 0, "ab", now));
        await Services.GetRequiredService<ILoggedModelStore>().AddAsync(new LoggedModel(LoggedModel, Experiment, "logged", "", Run, "LOGGED_MODEL_READY", now, now));
        await Services.GetRequiredService<ICommentStore>().AddAsync(new Comment(CommentId, TagOwner.Run(Run), "ada", "for the crew", now, null));
        await Services.GetRequiredService<IViewStore>().AddAsync(new SavedView(ViewId, Experiment, "best", "sort=name", "ada", now, now));
        await Services.GetRequiredService<IWebhookStore>().AddAsync(new Webhook(WebhookId, "chat", "https://example.org/", ["run.finished"], Experiment, "", "", IsActive: false, "ada", now));
        await Services.GetRequiredService<IWebhookStore>().AddDeliveryAsync(new WebhookDelivery(DeliveryId, WebhookId, "run.finished", "{}", DeliveryStatus.Dead, 1, now, now, "gone"));
        var table = Path.Combine(dataFolder, "datasets", "closed.csv");
        await File.WriteAllTextAsync(table, "a,b\n1,2\n3,4\n");
        await Services.GetRequiredService<IDatasetStore>().AddAsync(new Dataset(Dataset, "closed.csv", table, true, 12, "ab", 2, 2, now));

        await using var root = await ScopeAsync(new Credential.Password("root", Password));
        var permissions = root.ServiceProvider.GetRequiredService<IPermissions>();
        foreach (var thing in (Resource[])[Resource.Experiment(Experiment), Resource.RegisteredModel(Model), Resource.Dataset(Dataset)])
        {
            (await permissions.SetAsync(thing, new Holder(PrincipalKind.Everyone), Permission.None)).IsSuccess.ShouldBeTrue();
            (await permissions.SetAsync(thing, new Holder(PrincipalKind.User, "ada"), Permission.Manage)).IsSuccess.ShouldBeTrue();
        }
    }
}
