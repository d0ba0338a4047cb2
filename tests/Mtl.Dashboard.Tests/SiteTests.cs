using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Mtl.Dashboard.Tests.Development;

namespace Mtl.Dashboard.Tests;

/// <summary>The pages as the server first sends them, over made-up experiments, in production as a user runs it.</summary>
public sealed class SiteTests : IAsyncLifetime
{
    private readonly WebApplication site = DevelopmentSite.Create("http://127.0.0.1:0", "Production");
    private readonly HttpClient browser = new();

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync();
        browser.BaseAddress = new Uri(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "Sample: homes")]
    [InlineData("/experiments/new", "Upload a file")]
    [InlineData("/experiments/new?dataset=homes&step=tasks", "Which columns should the model predict?")]
    [InlineData("/experiments/e2", "calm-otter")]
    [InlineData("/experiments/e2?tab=compare", "Differences")]
    [InlineData("/experiments/e2?tab=variant", "Task weighting")]
    [InlineData("/experiments/e2?tab=definition", "Census income")]
    [InlineData("/runs/r2", "Against single-task baselines")]
    [InlineData("/runs/r4", "All tasks")]
    [InlineData("/runs/r5", "Lower optimizer.learningRate (0.5 now)")]
    [InlineData("/runs/r2?tab=log", "Training 3 tasks")]
    [InlineData("/models", "census-income")]
    [InlineData("/models/census-income", "production")]
    [InlineData("/predict", "census-income")]
    [InlineData("/predict/census-income/2", "Predict all tasks")]
    [InlineData("/methods?q=kendall", "Uncertainty Weighting")]
    [InlineData("/sign-in", "Sign in")]
    [InlineData("/setup", "Set up the first administrator")]
    [InlineData("/account", "laptop")]
    [InlineData("/people", "Guessed at")]
    [InlineData("/people?tab=teams", "Members of vision")]
    [InlineData("/audit", "experiment.delete")]
    [InlineData("/experiments/e2?tab=permissions", "Who may do what")]
    public async Task Every_page_is_sent_whole(string address, string text) => (await browser.GetStringAsync(address)).ShouldContain(text);

    [Theory]
    [InlineData("/runs/none", "There is no run &#x27;none&#x27;")]
    [InlineData("/experiments/none", "There is no experiment &#x27;none&#x27;")]
    public async Task What_is_not_there_is_answered_as_not_found(string address, string text)
    {
        var answer = await browser.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(text);
    }

    [Theory]
    [InlineData("/sign-in", false)]
    [InlineData("/setup", false)]
    [InlineData("/account", true)]
    public async Task Only_pages_that_will_have_a_connection_say_that_they_are_busy_until_it_stands(string address, bool isBusy) =>
        (await browser.GetStringAsync(address)).Contains("aria-busy=\"true\"", StringComparison.Ordinal).ShouldBe(isBusy);

    [Theory]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/app.css")]
    [InlineData("/controls.css")]
    [InlineData("/js/theme.js")]
    [InlineData("/js/page.js")]
    [InlineData("/js/curves.js")]
    [InlineData("/lib/uplot/uPlot.esm.js")]
    [InlineData("/lib/uplot/uPlot.min.css")]
    [InlineData("/Mtl.Dashboard.Tests.styles.css")]
    [InlineData("/_content/Radzen.Blazor/css/material-wcag.css")]
    [InlineData("/_content/Radzen.Blazor/css/material-dark-wcag.css")]
    public async Task Every_file_of_the_pages_is_there(string address) => (await browser.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Nothing_is_fetched_from_other_servers()
    {
        foreach (var address in new[] { "/", "/app.css", "/controls.css", "/js/theme.js", "/js/page.js", "/js/curves.js" })
            (await browser.GetStringAsync(address)).Replace("http://www.w3.org/2000/svg", "").ShouldNotMatch("(?:src|href|url|import)[^;]{0,12}https?://");
    }

    [Fact]
    public async Task An_unknown_address_has_a_page_that_leads_on()
    {
        var answer = await browser.GetAsync("/no/such/page");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is no such page");
    }

    [Fact]
    public async Task The_chosen_theme_is_in_the_first_answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", "mtl-theme=dark");
        var html = await (await browser.SendAsync(request)).Content.ReadAsStringAsync();
        html.ShouldContain("data-theme=\"dark\"");
    }
}
