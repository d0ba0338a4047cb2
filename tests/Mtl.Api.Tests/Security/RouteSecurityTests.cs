using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Mtl.Api.Tests.Security;

/// <summary>Every route × every kind of caller, from the server's own table of routes.</summary>
public sealed class RouteSecurityTests(SecuredServer server) : IClassFixture<SecuredServer>
{
    private const HttpStatusCode Ok = HttpStatusCode.OK;

    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    /// <summary>Kind → anonymous, ada's reading token, grace of another team; <see cref="Ok"/> stands for any answer but a refusal.</summary>
    private static readonly Dictionary<RouteKind, (HttpStatusCode Anonymous, HttpStatusCode Reading, HttpStatusCode Other)> Answers = new()
    {
        [RouteKind.Public] = (Ok, Ok, Ok),
        [RouteKind.Proven] = (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
        [RouteKind.SignedIn] = (HttpStatusCode.Unauthorized, Ok, Ok),
        [RouteKind.Page] = (HttpStatusCode.Redirect, Ok, Ok),
        [RouteKind.Reads] = (HttpStatusCode.Unauthorized, Ok, HttpStatusCode.NotFound),
        [RouteKind.ReadsPage] = (HttpStatusCode.Redirect, Ok, HttpStatusCode.NotFound),
        [RouteKind.Edits] = (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
        [RouteKind.Makes] = (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, Ok),
        [RouteKind.Administers] = (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
        [RouteKind.AdministersPage] = (HttpStatusCode.Redirect, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
    };

    public static TheoryData<string> Keys => [.. RouteTable.Rows.Keys];

    [Fact]
    public void Every_route_has_its_row_and_every_row_its_route() =>
        server.Routes.Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null).SelectMany(KeysOf).Distinct().ShouldBe(RouteTable.Rows.Keys, ignoreOrder: true);

    [Fact]
    public void What_is_open_to_everybody_is_what_the_rows_say_and_the_files_of_the_pages()
    {
        foreach (var route in server.Routes)
        {
            var isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            if (route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
                isOpen.ShouldBeTrue(route.DisplayName);
            else
                KeysOf(route).ShouldAllBe(key => isOpen == (RouteTable.Rows[key].Kind <= RouteKind.Proven), route.DisplayName);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Each_caller_is_answered_as_the_row_says(string key)
    {
        var row = RouteTable.Rows[key];
        var (anonymous, reading, other) = Answers[row.Kind];
        var method = key.Split(' ')[0] is var word and not ("PAGE" or "*") ? word : "GET";

        (await StatusAsync(null)).ShouldBe(anonymous, $"anonymous at {key}");
        if (row.Kind > RouteKind.Proven)
        {
            foreach (var (name, credential) in new[]
            {
                ("a wrong token", SecuredServer.Bearer("mtl_wrong")), ("an expired token", SecuredServer.Bearer(server.ExpiredToken)), ("a wrong password", SecuredServer.Basic("nobody", "wrong")),
                ("an expired token by Basic", SecuredServer.Basic("ada", server.ExpiredToken)), ("a scheme of another kind", new System.Net.Http.Headers.AuthenticationHeaderValue("Digest", "x")),
            })
                (await StatusAsync(credential)).ShouldBe(HttpStatusCode.Unauthorized, $"{name} at {key}");
        }

        (await StatusAsync(SecuredServer.Bearer(server.ReadToken))).ShouldBe(reading, $"a reading token at {key}");
        (await StatusAsync(SecuredServer.Basic("grace"))).ShouldBe(other, $"a user of another team at {key}");
        if (row.Kind is RouteKind.Reads or RouteKind.ReadsPage or RouteKind.SignedIn && row.IsThere && method == "GET")
        {
            using var owner = await server.SendAsync(method, row.Path, SecuredServer.Basic("ada"), row.Json);
            owner.StatusCode.ShouldBe(Ok, $"the owner at {key}");
        }

        async Task<HttpStatusCode> StatusAsync(System.Net.Http.Headers.AuthenticationHeaderValue? credential)
        {
            using var answer = await server.SendAsync(method, row.Path, credential, row.Json);
            var status = answer.StatusCode;
            if (status == HttpStatusCode.Unauthorized)
                answer.Headers.WwwAuthenticate.ToString().ShouldContain("Bearer realm=\"MtlPlatform\"", Case.Sensitive, key);
            ((int)status).ShouldBeLessThan(500, $"{key}: {(await answer.Content.ReadAsStringAsync()).Take(300)}");

            // A thing that is hidden is answered as one that isn't there; everything else that is no refusal is the endpoint's own.
            var isHidden = row.Kind is RouteKind.Reads or RouteKind.ReadsPage or RouteKind.Edits && status == HttpStatusCode.NotFound && credential?.Scheme == "Basic" && credential.Parameter == SecuredServer.Basic("grace").Parameter;
            var isSentToSignIn = status == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal) && row.Kind != RouteKind.Public;
            return Refusals.Contains(status) || isHidden || isSentToSignIn ? status : Ok;
        }
    }

    [Fact]
    public async Task Lists_leave_out_what_is_hidden()
    {
        foreach (var list in (string[])["/api/v1/experiments", "/api/v1/runs", "/api/v1/models", "/api/v1/datasets", "/", "/models", "/predict"])
        {
            (await TextAsync(list, "grace")).ShouldNotContain(SecuredServer.Model, Case.Insensitive, $"{list} for another team");
            (await TextAsync(list, "ada")).ShouldContain(list is "/api/v1/runs" ? "quiet-owl" : SecuredServer.Model, Case.Insensitive, $"{list} for the owner");
        }

        (await TextAsync("/api/v1/runs", "grace")).ShouldNotContain("quiet-owl");
        using var index = await server.SendAsync("POST", "/v2/repository/index", SecuredServer.Basic("grace"));
        (await index.Content.ReadAsStringAsync()).ShouldNotContain(SecuredServer.Model);
    }

    [Fact]
    public async Task A_hidden_thing_is_answered_in_the_words_of_one_that_is_not_there()
    {
        foreach (var (hidden, absent) in new[]
        {
            ($"/api/v1/experiments/{SecuredServer.Experiment}", "/api/v1/experiments/0e0e0f"), ("/api/v1/experiments?name=Closed", "/api/v1/experiments?name=Clothes"),
            ($"/api/v1/runs/{SecuredServer.Run}", "/api/v1/runs/0a0a0b"), ($"/api/v1/runs/{SecuredServer.Run}/artifacts/notes.txt", "/api/v1/runs/0a0a0b/artifacts/notes.txt"),
            ($"/api/v1/models/{SecuredServer.Model}/versions/latest", "/api/v1/models/clothes/versions/latest"), ($"/api/v1/datasets/{SecuredServer.Dataset}", "/api/v1/datasets/0d0d0e"),
            ($"/v2/models/{SecuredServer.Model}", "/v2/models/clothes"),
        })
        {
            var (one, other) = (await TextAsync(hidden, "grace"), await TextAsync(absent, "grace"));
            Plain(one).ShouldBe(Plain(other), $"{hidden} as {absent}");
        }

        static string Plain(string answer) => System.Text.RegularExpressions.Regex.Replace(answer, "0e0e0[ef]|0a0a0[ab]|0d0d0[de]|closed|clothes|\"requestId\":\"[^\"]*\"", "", System.Text.RegularExpressions.RegexOptions.IgnoreCase);
    }

    private static IEnumerable<string> KeysOf(RouteEndpoint route)
    {
        var pattern = route.RoutePattern.RawText!;
        if (route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            return [$"PAGE {pattern}"];
        return route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods.Select(method => $"{method} {pattern}") : [$"* {pattern}"];
    }

    private async Task<string> TextAsync(string path, string name)
    {
        using var answer = await server.SendAsync("GET", path, SecuredServer.Basic(name));
        return await answer.Content.ReadAsStringAsync();
    }
}
