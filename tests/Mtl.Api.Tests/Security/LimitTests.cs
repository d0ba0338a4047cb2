using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mtl.Application.People;
using Mtl.Host;

namespace Mtl.Api.Tests.Security;

/// <summary>Too many requests over HTTP.</summary>
public sealed class LimitTests : IDisposable
{
    /// <summary>Longer than a test takes on a busy machine.</summary>
    private static readonly SignInLimits LongWait = new() { FirstDelay = TimeSpan.FromMinutes(1) };

    private readonly string folder = Directory.CreateTempSubdirectory("mtl-limits-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task One_too_many_is_told_when_to_come_again()
    {
        await using var server = await StartAsync(("MTL_REQUESTS_PER_SECOND", "1"));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = SecuredServer.Basic("root");

        var answers = new List<HttpResponseMessage>();
        for (var request = 0; request < 20; request++)
            answers.Add(await client.GetAsync(request % 2 == 0 ? "/api/v1/users" : "/v2"));

        answers[0].StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("There were too many requests: 1 a second are allowed for long, 5 at once.");
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_guesses_is_told_to_wait_and_others_come_in()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };

        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < 8; guess++)
            answers.Add((await GetAsync("somebody", $"guess {guess}")).StatusCode);
        var refused = await GetAsync("somebody", "another guess");

        answers.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 6), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2)]);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("There were too many wrong passwords from here or for this account.");
        (await GetAsync("root", SecuredServer.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);

        Task<HttpResponseMessage> GetAsync(string name, string password) =>
            client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/users") { Headers = { Authorization = SecuredServer.Basic(name, password) } });
    }

    [Fact]
    public async Task Who_guesses_is_told_when_to_come_again_by_every_api()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };

        foreach (var path in (string[])["/api/v1/users", "/api/2.0/mlflow/experiments/get?experiment_id=0", "/v2", "/metrics"])
        {
            client.DefaultRequestHeaders.Authorization = SecuredServer.Basic($"somebody of {path}", "a guess");
            for (var guess = 0; guess < 6; guess++)
                (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

            await ShouldTellWhenAsync(await client.GetAsync(path));
        }
    }

    [Fact]
    public async Task Who_guesses_on_the_sign_in_page_is_told_when_to_come_again()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        var browser = new Browser(client);
        for (var guess = 0; guess < 6; guess++)
            (await browser.SignInAsync("somebody", $"guess {guess}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await ShouldTellWhenAsync(await browser.SignInAsync("somebody", "another guess"));
    }

    [Fact]
    public async Task Who_guesses_a_password_to_change_it_is_told_when_to_come_again()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = SecuredServer.Basic("root");
        var token = await (await client.PostAsJsonAsync("/api/v1/account/tokens", new { name = "mine", scope = "admin" })).Content.ReadFromJsonAsync<JsonObject>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!["secret"]!);
        for (var guess = 0; guess < 6; guess++)
            (await ChangeAsync($"guess {guess}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await ShouldTellWhenAsync(await ChangeAsync("another guess"));

        Task<HttpResponseMessage> ChangeAsync(string current) => client.PutAsJsonAsync("/api/v1/account/password", new { current, replacement = "another battery staple" });
    }

    /// <summary>In the header as in the text.</summary>
    private static async Task ShouldTellWhenAsync(HttpResponseMessage refused)
    {
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var seconds = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        seconds.ShouldBeInRange(1, 60);
        (await refused.Content.ReadAsStringAsync()).ShouldContain($"Try again in {seconds} s.");
    }

    /// <summary>A server with the administrator <c>root</c>.</summary>
    private async Task<MtlServer> StartAsync(params (string Name, string Value)[] more)
    {
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, SecuredServer.Password);
        var variables = new Dictionary<string, string> { ["MTL_ADMIN_USER"] = "root", ["MTL_ADMIN_PASSWORD_FILE"] = password };
        foreach (var (name, value) in more)
            variables[name] = value;
        return (await MtlServer.StartAsync(new ServerOptions(Path.Combine(folder, "data"), Port: 0) { Variable = variables.GetValueOrDefault, SignIn = LongWait }, CancellationToken.None)).Value;
    }
}
