using System.Net;
using System.Net.Http.Headers;
using Mtl.Core;
using Mtl.Host;

namespace Mtl.Api.Tests.Security;

/// <summary>What a server is told about people when it starts.</summary>
public sealed class ServerSetUpTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mtl-setup-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Where_others_can_come_it_does_not_start_without_an_administrator()
    {
        (await StartAsync(IPAddress.Any)).Error!.ToString().ShouldBe(
            "The server has no administrator, so everyone who reaches 0.0.0.0 could do everything. "
            + "Make one first: 'mtl admin create NAME', or MTL_ADMIN_USER and MTL_ADMIN_PASSWORD_FILE. Without --listen the server is for this machine alone.");

        await using var server = (await StartAsync(IPAddress.Any, ("MTL_ADMIN_USER", "root"), ("MTL_ADMIN_PASSWORD_FILE", Write("password", "correct horse battery\n")))).Value;

        server.Address.Host.ShouldBe("127.0.0.1", "where this machine itself reaches it");
        using var client = new HttpClient { BaseAddress = server.Address };
        (await client.GetAsync("/api/v1/experiments")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = SecuredServer.Basic("root");
        (await client.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Host = "any.example";
        (await client.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.OK, "it has names that it does not know");
    }

    [Fact]
    public async Task The_administrator_of_the_environment_is_made_once()
    {
        await using (var first = (await StartAsync(IPAddress.Loopback, ("MTL_ADMIN_USER", "root"), ("MTL_ADMIN_PASSWORD_FILE", Write("password", "correct horse battery")))).Value)
            (await StatusAsync(first, SecuredServer.Basic("root"))).ShouldBe(HttpStatusCode.OK);

        await using var second = (await StartAsync(IPAddress.Loopback, ("MTL_ADMIN_USER", "root"), ("MTL_ADMIN_PASSWORD_FILE", Write("password", "another long password")))).Value;

        (await StatusAsync(second, SecuredServer.Basic("root", "another long password"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(second, SecuredServer.Basic("root"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_folders_owner_comes_in_by_a_secret_that_only_they_can_read()
    {
        await using var server = (await StartAsync(IPAddress.Loopback, ("MTL_ADMIN_USER", "root"), ("MTL_ADMIN_PASSWORD_FILE", Write("password", "correct horse battery")))).Value;
        var file = Path.Combine(folder, "data", "owner.token");

        (await StatusAsync(server, SecuredServer.Bearer(await File.ReadAllTextAsync(file)))).ShouldBe(HttpStatusCode.OK);
        (File.GetUnixFileMode(file), File.GetUnixFileMode(Path.Combine(folder, "data", "keys"))).ShouldBe(
            (UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("MTL_ADMIN_USER", "root", "Only one of MTL_ADMIN_USER and MTL_ADMIN_PASSWORD_FILE is set. Set both, or neither.")]
    [InlineData("MTL_DEFAULT_PERMISSION", "ALL", "'ALL' is no permission; there are NO_PERMISSIONS, READ, EDIT, MANAGE.")]
    [InlineData("MTL_REQUESTS_PER_SECOND", "0", "MTL_REQUESTS_PER_SECOND is '0'; it must be a whole number from 1 to 1000000.")]
    public async Task What_is_wrong_in_the_environment_keeps_it_from_starting(string variable, string value, string words) =>
        (await StartAsync(IPAddress.Loopback, (variable, value))).Error!.ToString().ShouldBe(words);

    [Fact]
    public async Task A_weak_password_of_the_environment_is_refused_without_being_repeated() =>
        (await StartAsync(IPAddress.Loopback, ("MTL_ADMIN_USER", "root"), ("MTL_ADMIN_PASSWORD_FILE", Write("password", "hunter2")))).Error!.ToString()
            .ShouldBe("The administrator of MTL_ADMIN_USER can't be made: The password has 7 characters; it must have 10 to 256. A few unrelated words make a good one.");

    [Fact]
    public async Task A_sign_in_service_that_is_not_well_described_is_refused_without_its_secret()
    {
        (await StartAsync(IPAddress.Loopback, ("MTL_OAUTH_FILE", Write("oauth", "{ \"clientSecret\": hunter2 }")))).Error!.ToString().ShouldBe(
            $"The sign-in service in '{Path.Combine(folder, "oauth")}' can't be read at line 1. docs/people.md shows what it must hold.");
        (await StartAsync(IPAddress.Loopback, ("MTL_OAUTH_FILE", Write("oauth", """{"name":"Work","clientId":"a","clientSecret":"hunter2","authorizationEndpoint":"no address","tokenEndpoint":"https://x/","userInformationEndpoint":"https://x/"}"""))))
            .Error!.Message.ShouldBe($"The sign-in service in '{Path.Combine(folder, "oauth")}' is not complete: The AuthorizationEndpoint field is not a valid fully-qualified http, https, or ftp URL.");
    }

    private static async Task<HttpStatusCode> StatusAsync(MtlServer server, AuthenticationHeaderValue credential)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = credential;
        return (await client.GetAsync("/api/v1/users")).StatusCode;
    }

    private Task<Result<MtlServer>> StartAsync(IPAddress listen, params (string Name, string Value)[] variables)
    {
        var known = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return MtlServer.StartAsync(new ServerOptions(Path.Combine(folder, "data"), Port: 0) { Listen = listen, Variable = known.GetValueOrDefault }, CancellationToken.None);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return Path.Combine(folder, name);
    }
}
