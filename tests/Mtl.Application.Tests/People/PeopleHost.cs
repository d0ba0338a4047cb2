using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Storage;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.People;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Application.Tests.People;

/// <summary>The application's people over a store of its own and a clock that stands; without grains.</summary>
internal sealed class PeopleHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly string folder = Directory.CreateTempSubdirectory("mtl-people-").FullName;
    private readonly ServiceProvider services;

    public PeopleHost(PeopleOptions? options = null)
    {
        Storage = ServerStorage.Open(folder).Value;
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(options ?? new PeopleOptions())
            .AddSingleton(DispatchProxy.Create<IGrainFactory, NoGrains>())
            .AddStorage(Storage)
            .AddMtlApplication(new ApplicationOptions { DatasetsFolder = Storage.Folder.DatasetsFolder, MakesSample = false })
            .BuildServiceProvider();
    }

    public ManualTime Time { get; } = new();

    public ServerStorage Storage { get; }

    public IAuthentication Authentication => services.GetRequiredService<IAuthentication>();

    /// <summary>A host with the administrator <c>root</c> and the users named, all with <see cref="Password"/>.</summary>
    public static async Task<PeopleHost> WithUsersAsync(PeopleOptions? options, params string[] names)
    {
        var host = new PeopleHost(options);
        await using var scope = await host.ScopeAsync(Credential.System);
        (await scope.Get<IPeople>().CreateAsync("root", Password, isAdministrator: true)).IsSuccess.ShouldBeTrue();
        foreach (var name in names)
            (await scope.Get<IPeople>().CreateAsync(name, Password, isAdministrator: false)).IsSuccess.ShouldBeTrue();
        return host;
    }

    public async Task<PeopleScope> ScopeAsync(Credential credential, string address = "127.0.0.1")
    {
        var scope = services.CreateAsyncScope();
        var refusal = await scope.ServiceProvider.GetRequiredService<CallerContext>().PresentAsync(credential, IPAddress.Parse(address), "r1");
        return new PeopleScope(scope, refusal);
    }

    /// <summary>A scope of somebody who sent name and password.</summary>
    public Task<PeopleScope> AsAsync(string name) => ScopeAsync(new Credential.Password(name, Password));

    /// <summary>A new token of the user.</summary>
    public async Task<NewToken> TokenAsync(string name, TokenScope scope, int? days = null)
    {
        await using var own = await AsAsync(name);
        return (await own.Get<IAccounts>().CreateTokenAsync("laptop", scope, days)).Value;
    }

    /// <summary>Adds an experiment with the run <c>r-ID</c>.</summary>
    public async Task AddExperimentAsync(string id)
    {
        (await Storage.Experiments.AddAsync(new Experiment(id, id, null, Time.GetUtcNow(), Time.GetUtcNow(), false, 0))).IsSuccess.ShouldBeTrue();
        (await Storage.Runs.AddAsync(new Run($"r-{id}", id, "run", RunKind.Tracked, null, Time.GetUtcNow()) { Status = RunStatus.Completed })).IsSuccess.ShouldBeTrue();
    }

    /// <summary>Adds a version of a model from the run of an experiment.</summary>
    public Task AddModelAsync(string name, string experiment) =>
        Storage.Models.AddAsync(new ModelVersion(name, 0, $"r-{experiment}", "model.onnx", 0, "ab", Time.GetUtcNow()));

    public async Task<string> IdAsync(string name) => (await Storage.Users.FindByNameAsync(name))!.Id;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Storage.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>One request's services.</summary>
/// <param name="Refusal">Why the credential was not taken; null when it was.</param>
internal sealed record PeopleScope(AsyncServiceScope Services, Mtl.Core.Error? Refusal) : IAsyncDisposable
{
    public IAccess Access => Get<IAccess>();

    public Caller Caller => Access.Caller;

    public T Get<T>()
        where T : notnull => Services.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => Services.DisposeAsync();
}

/// <summary>Stands for the silo that the host does not have.</summary>
public class NoGrains : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException("This host has no grains.");
}
