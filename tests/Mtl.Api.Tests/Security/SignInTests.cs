using System.Net;
using System.Net.Http.Headers;

namespace Mtl.Api.Tests.Security;

/// <summary>Signing in and out with a browser, and what other sites can't do with that browser.</summary>
public sealed class SignInTests(SecuredServer server) : IClassFixture<SecuredServer>
{
    [Fact]
    public async Task A_browser_signs_in_and_on_to_where_it_wanted()
    {
        var browser = new Browser(server.Client);
        (await browser.GetAsync("/runs?x=1")).Headers.Location!.ToString().ShouldBe("/sign-in?return=%2Fruns%3Fx%3D1");

        var signedIn = await browser.SignInAsync("ada", SecuredServer.Password, "/sign-in?return=%2Fmodels%3Fq%3D1");

        (signedIn.StatusCode, new Uri(server.Address, signedIn.Headers.Location!).PathAndQuery).ShouldBe((HttpStatusCode.Redirect, "/models?q=1"));
        (await (await browser.GetAsync("/account")).Content.ReadAsStringAsync()).ShouldContain("this one");
        (await browser.GetAsync($"/api/v1/runs/{SecuredServer.Run}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var signedIn = await new Browser(server.Client).SignInAsync("ada", SecuredServer.Password);

        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("mtl-session=", StringComparison.Ordinal));
        cookie.ShouldContain("; httponly");
        cookie.ShouldContain("; samesite=lax");
        cookie.ShouldNotContain("ada");
    }

    [Fact]
    public async Task After_signing_out_the_cookie_is_worth_nothing_wherever_it_was_copied_to()
    {
        var browser = new Browser(server.Client);
        await browser.SignInAsync("ada", SecuredServer.Password);
        var copy = browser.Copy();
        (await copy.GetAsync("/api/v1/account")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var token = await browser.FormTokenAsync("/account");
        (await browser.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = token })).Headers.Location!.ToString().ShouldBe("/sign-in");

        (await copy.GetAsync("/api/v1/account")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_proves_nobody()
    {
        var browser = new Browser(server.Client);
        await browser.SignInAsync("ada", SecuredServer.Password);
        foreach (var forged in new[] { browser.Cookies["mtl-session"][..^4] + "AAAA", "ada", "" })
        {
            browser.Cookies["mtl-session"] = forged;
            (await browser.GetAsync("/api/v1/account")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_repeating_it()
    {
        var answer = await new Browser(server.Client).SignInAsync("nobody", "a secret of mine");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("name or password is wrong");
        page.ShouldNotContain("a secret of mine");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/x%0d%0aSet-Cookie:%20a=b")]
    public async Task A_link_does_not_lead_a_sign_in_to_another_site(string wanted)
    {
        var signedIn = await new Browser(server.Client).SignInAsync("ada", SecuredServer.Password, $"/sign-in?return={(wanted.Contains('%') ? wanted : Uri.EscapeDataString(wanted))}");

        new Uri(server.Address, signedIn.Headers.Location!).ToString().ShouldBe(server.Address.ToString());
        signedIn.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => !cookie.StartsWith("a=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forms_without_their_token_are_refused()
    {
        var browser = new Browser(server.Client);
        await browser.SignInAsync("ada", SecuredServer.Password);
        foreach (var (path, form) in new (string, Dictionary<string, string>)[]
        {
            ("/sign-in", new() { ["_handler"] = "sign-in", ["Form.Name"] = "grace", ["Form.Password"] = SecuredServer.Password }),
            ("/setup", new() { ["_handler"] = "setup", ["Form.Name"] = "eve", ["Form.Password"] = SecuredServer.Password, ["Form.Repeated"] = SecuredServer.Password }),
            ("/sign-out", new()),
            ("/sign-out", new() { ["__RequestVerificationToken"] = "forged" }),
        })
            (await browser.PostAsync(path, form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);

        (await browser.GetAsync("/api/v1/account")).StatusCode.ShouldBe(HttpStatusCode.OK, "still signed in");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_site_changes_nothing_with_the_browsers_cookie(string header, string value)
    {
        var browser = new Browser(server.Client);
        await browser.SignInAsync("ada", SecuredServer.Password);

        foreach (var (method, path) in new[] { ("POST", "/api/v1/account/tokens"), ("DELETE", $"/api/v1/experiments/{SecuredServer.Experiment}"), ("PUT", $"/api/v1/models/{SecuredServer.Model}/aliases/a?version=1"), ("POST", "/sign-out") })
            (await browser.SendAsync(method, path, null, (header, value))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
        (await browser.SendAsync("GET", "/_blazor?id=x", null, (header, value), ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a page's connection");
    }

    [Fact]
    public async Task Set_up_is_over_once_somebody_exists()
    {
        var answer = await new Browser(server.Client).GetAsync("/setup");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is nothing to set up here.");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRh")]
    [InlineData("Bearer")]
    [InlineData("Bearer  ")]
    [InlineData("mtl_x")]
    [InlineData("Basic //////8=")]
    public async Task A_header_that_is_not_understood_is_refused_and_not_repeated(string sent)
    {
        using var answer = await server.SendAsync("GET", "/api/v1/experiments", null, more: request => request.Headers.TryAddWithoutValidation("Authorization", sent));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("YWRh");
    }

    [Fact]
    public async Task A_pages_own_requests_are_not_asked_for_a_password_by_the_browser()
    {
        using var answer = await server.SendAsync("GET", "/api/v1/experiments", null, more: request => request.Headers.Add("Sec-Fetch-Site", "same-origin"));

        answer.Headers.WwwAuthenticate.ShouldBe([new AuthenticationHeaderValue("Bearer", "realm=\"MtlPlatform\"")]);
    }

    [Fact]
    public async Task Each_API_refuses_in_its_own_form()
    {
        (await TextAsync("/api/v1/experiments")).ShouldStartWith("{\"error\":\"unauthenticated\",\"message\":\"This needs somebody who has signed in.\"");
        (await TextAsync("/v2/models/x")).ShouldStartWith("{\"error\":\"This needs somebody who has signed in.");
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await server.SendAsync("GET", path, null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        return await answer.Content.ReadAsStringAsync();
    }
}
