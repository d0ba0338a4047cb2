using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Mtl.Api;
using Mtl.Api.Authentication;
using Mtl.Application;
using Mtl.Application.Collaboration.Webhooks;
using Mtl.Core;
using Mtl.Dashboard;
using Mtl.Dashboard.SignIn;
using Mtl.Grains;
using Mtl.Host.Operations;
using Mtl.Host.People;
using Mtl.Host.Silo;
using Mtl.Storage;
using Mtl.Storage.Folders;

namespace Mtl.Host;

/// <summary>One running server: grains, API and dashboard on one data folder.</summary>
internal sealed partial class MtlServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServerStorage storage;

    private MtlServer(WebApplication app, ServerStorage storage, Uri address) => (this.app, this.storage, Address) = (app, storage, address);

    public Uri Address { get; }

    /// <summary>Its parts, for tests.</summary>
    internal IServiceProvider Services => app.Services;

    /// <summary>Where the records are, as a reader may see it.</summary>
    public string Records => storage.Records;

    /// <summary>Starts a server, or says why it can't: the data folder is in use or not writable, the port is taken.</summary>
    public static async Task<Result<MtlServer>> StartAsync(ServerOptions options, CancellationToken cancellation)
    {
        if (Telemetry.Refuse(Environment.GetEnvironmentVariable) is { } refusal)
            return refusal;
        var storage = ServerStorage.Open(options.DataFolder, options.Store);
        if (!storage.IsSuccess)
            return storage.Error;
        if (IsTaken(options))
        {
            storage.Value.Dispose();
            return Taken(options);
        }

        var people = PeopleSetUp.Read(options, storage.Value.Folder, options.Variable);
        if (!people.IsSuccess)
        {
            storage.Value.Dispose();
            return people.Error;
        }

        var isStarted = false;
        var app = Build(options, people.Value, storage.Value, () => isStarted);
        if (await people.Value.PrepareAsync(app.Services, options.Listen, cancellation) is { } unready)
        {
            await app.DisposeAsync();
            storage.Value.Dispose();
            return unready;
        }

        try
        {
            await app.StartAsync(cancellation);
            isStarted = true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            storage.Value.Dispose();
            return e.InnerException is AddressInUseException
                ? Taken(options)
                : Error.Unavailable($"The server can't listen on port {options.Port} of {options.Listen}: {e.Message}", "Choose another port with --port N (0 takes a free one).");
        }

        var address = ListenAddress.Reachable(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        storage.Value.Folder.Announce(new ServerInfo(Environment.ProcessId, address.GetLeftPart(UriPartial.Authority), TimeProvider.System.GetUtcNow()));
        LogReady(app.Logger, address, options.DataFolder);
        return new MtlServer(app, storage.Value, address);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    /// <summary>Stops: running runs make a checkpoint, which the next server goes on from.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        storage.Dispose();
    }

    /// <summary>Looked at before anything starts, as a silo takes long to start and to stop.</summary>
    private static bool IsTaken(ServerOptions options)
    {
        try
        {
            using var listener = new TcpListener(options.Listen, options.Port);
            listener.Start();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }

    private static Error Taken(ServerOptions options) =>
        Error.Conflict($"Port {options.Port} on {options.Listen} is taken by another program.", "Stop that program, or choose another port with --port N (0 takes a free one).");

    private static WebApplication Build(ServerOptions options, PeopleSetUp people, ServerStorage storage, Func<bool> isStarted)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(MtlServer).Assembly.GetName().Name });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Listen, options.Port);
            kestrel.AddServerHeader = false;
        });
        builder.Logging.UseMtlLog(options.Log);
        // An open server is for this machine's own names alone, so that no page of another name can reach it; others have to sign in, whatever name they came by.
        builder.Configuration["AllowedHosts"] ??= IPAddress.IsLoopback(options.Listen) ? "localhost;127.0.0.1;[::1]" : "*";
        // What keeps a server from starting is said to the person who starts it, not in the log as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isStarted());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddStorage(storage);
        builder.AddMtlSilo();
        builder.Services.AddMtlGrains(options.TakesUpRuns);
        builder.Services.AddSingleton(people.Options);
        builder.Services.AddMtlApplication(new ApplicationOptions
        {
            DatasetsFolder = storage.Folder.DatasetsFolder,
            MaximumUploadBytes = options.MaximumUploadBytes,
            Retention = options.Retention,
            Webhooks = new WebhookOptions { AllowsLoopback = IPAddress.IsLoopback(options.Listen), AllowsPrivateAddresses = builder.Configuration.GetValue("Webhooks:AllowPrivateAddresses", false) },
        });
        builder.Services.AddMtlApi();
        builder.Services.AddMtlDashboard();
        builder.Services.AddMtlSignIn(people.Options, people.External);
        builder.AddMtlKeys(storage.Folder);
        builder.Services.AddOpenApi();
        builder.Services.AddMtlHealth();
        builder.AddMtlTelemetry();

        var app = builder.Build();
        app.UseMtlRequestIds();
        app.UseMtlRequestLog();
        app.UseMtlErrors();
        app.UseMtlOriginRules();
        app.UseAuthentication();
        app.UseMtlCallers();
        app.UseAntiforgery();
        app.MapOpenApi();
        app.MapHealth();
        app.MapMtlMetrics();
        app.MapMtlApi();
        app.MapMtlDashboard();
        return app;
    }

    [LoggerMessage(LogLevel.Information, "MtlPlatform is ready at {Address}; data folder {DataFolder}.")]
    private static partial void LogReady(ILogger logger, Uri address, string dataFolder);
}
