using System.Net;
using Mtl.Host;

namespace Mtl.Api.Tests.Security;

/// <summary>Too many requests over HTTP.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mtl-limits-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task One_too_many_is_told_when_to_come_again()
    {
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, "correct horse battery");
        var variables = new Dictionary<string, string> { ["MTL_ADMIN_USER"] = "root", ["MTL_ADMIN_PASSWORD_FILE"] = password, ["MTL_REQUESTS_PER_SECOND"] = "1" };
        await using var server = (await MtlServer.StartAsync(new ServerOptions(Path.Combine(folder, "data"), Port: 0) { Variable = variables.GetValueOrDefault }, CancellationToken.None)).Value;
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
}
