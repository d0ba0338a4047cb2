using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mtl.Host;

namespace Mtl.Api.Tests.Security;

/// <summary>Signing in by another service, a small OAuth 2.0 server of the test's own.</summary>
public sealed class SignInServiceTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mtl-oauth-").FullName;
    private readonly Dictionary<string, string> challenges = [];
    private WebApplication service = null!;
    private MtlServer server = null!;
    private HttpClient browser = null!;
    private string user = """{"sub":"42","preferred_username":"grace"}""";
    private string? tokenRequest;

    public async ValueTask InitializeAsync()
    {
        service = Service();
        await service.StartAsync();
        var address = service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await File.WriteAllTextAsync(Path.Combine(folder, "oauth.json"), $$"""
            {
              "name": "Work", "clientId": "mtl", "clientSecret": "a client's secret", "authorizationEndpoint": "{{address}}/authorize", "tokenEndpoint": "{{address}}/token",
              "userInformationEndpoint": "{{address}}/user", "makesAccounts": true
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), "correct horse battery\n");
        var variables = new Dictionary<string, string>
        {
            ["MTL_OAUTH_FILE"] = Path.Combine(folder, "oauth.json"), ["MTL_ADMIN_USER"] = "root", ["MTL_ADMIN_PASSWORD_FILE"] = Path.Combine(folder, "password"),
        };
        server = (await MtlServer.StartAsync(new ServerOptions(Path.Combine(folder, "data"), Port: 0) { Variable = variables.GetValueOrDefault }, CancellationToken.None)).Value;
        browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
        await service.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_the_service_vouches_for_comes_in_under_their_name_there()
    {
        (await browser.GetStringAsync("/sign-in")).ShouldContain("Sign in with Work");

        var last = await RoundAsync("/sign-in/external?return=%2Fmodels");

        last.Headers.Location!.ToString().ShouldBe("/models");
        (await browser.GetStringAsync("/api/v1/account")).ShouldContain("\"name\":\"grace\",\"isAdministrator\":false,\"hasPassword\":false");
        tokenRequest!.ShouldContain("code_verifier=");
    }

    [Fact]
    public async Task The_same_person_comes_back_to_the_same_account_under_any_name()
    {
        await RoundAsync("/sign-in/external");
        user = """{"sub":"42","preferred_username":"root"}""";
        await RoundAsync("/sign-in/external");

        (await browser.GetStringAsync("/api/v1/account")).ShouldContain("\"name\":\"grace\"");
    }

    [Theory]
    [InlineData("""{"sub":"7","preferred_username":"root"}""", "no-account", "There is no account for you here")]
    [InlineData("""{"sub":"7","preferred_username":"a\r\nb"}""", "no-account", "There is no account for you here")]
    [InlineData("""{"preferred_username":"eve"}""", "failed", "did not let you in")]
    [InlineData("[]", "failed", "did not let you in")]
    public async Task Others_are_sent_back_with_the_reason(string answer, string problem, string words)
    {
        user = answer;

        var last = await RoundAsync("/sign-in/external");

        last.Headers.Location!.ToString().ShouldBe($"/sign-in?problem={problem}");
        (await browser.GetStringAsync(last.Headers.Location)).ShouldContain(words);
        (await browser.GetAsync("/api/v1/account")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_is_refused()
    {
        var last = await browser.GetAsync("/sign-in/external/callback?code=anything&state=forged");

        last.Headers.Location!.ToString().ShouldBe("/sign-in?problem=failed");
    }

    /// <summary>Follows the browser's way to the service and back, to the address that the server sends it on to.</summary>
    private async Task<HttpResponseMessage> RoundAsync(string start)
    {
        var toService = await browser.GetAsync(start);
        var back = await browser.GetAsync(toService.Headers.Location);
        return await browser.GetAsync(back.Headers.Location);
    }

    private WebApplication Service()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/authorize", (HttpRequest request) =>
        {
            var query = request.Query;
            (query["client_id"].ToString(), query["response_type"].ToString(), query["code_challenge_method"].ToString()).ShouldBe(("mtl", "code", "S256"));
            var code = $"code-{challenges.Count}";
            challenges[code] = query["code_challenge"].ToString();
            return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            tokenRequest = await reader.ReadToEndAsync();
            var form = HttpUtility.ParseQueryString(tokenRequest);
            var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            return form["client_secret"] == "a client's secret" && challenges.Remove(form["code"]!, out var asked) && asked == challenge
                ? Results.Json(new { access_token = "access", token_type = "Bearer" })
                : Results.BadRequest();
        });
        app.MapGet("/user", (HttpRequest request) => request.Headers.Authorization == "Bearer access" ? Results.Text(user, "application/json") : Results.Unauthorized());
        return app;
    }
}
