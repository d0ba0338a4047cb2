using System.Net;
using System.Text.RegularExpressions;

namespace Mtl.Api.Tests.Security;

/// <summary>Keeps cookies and sends forms, as a browser does.</summary>
/// <param name="client">Keeps no cookies and follows no redirects.</param>
internal sealed partial class Browser(HttpClient client)
{
    public Dictionary<string, string> Cookies { get; private init; } = [];

    public Browser Copy() => new(client) { Cookies = new Dictionary<string, string>(Cookies) };

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync("GET", path, null, ("Accept", "text/html"));

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) => SendAsync("POST", path, form);

    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string path = "/sign-in") => await PostAsync(
        path, new() { ["_handler"] = "sign-in", ["__RequestVerificationToken"] = await FormTokenAsync(path), ["Form.Name"] = name, ["Form.Password"] = password });

    public async Task<string> FormTokenAsync(string path) =>
        WebUtility.HtmlDecode(FormToken().Match(await (await GetAsync(path)).Content.ReadAsStringAsync()).Groups[1].Value);

    public async Task<HttpResponseMessage> SendAsync(string method, string path, Dictionary<string, string>? form, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (Cookies.Count > 0)
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await client.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var parts = cookie.Split(';')[0].Split('=', 2);
            Cookies[parts[0]] = parts[1];
        }

        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
