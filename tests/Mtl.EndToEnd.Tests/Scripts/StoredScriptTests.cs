using System.Net;
using Microsoft.Playwright;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests.Scripts;

/// <summary>
/// Nothing that anybody has written runs in the browser of whoever reads it: every page over a data folder in which every text tries. Each text is also seen, so that a page that shows less does
/// not pass for a safe one.
/// </summary>
public sealed class StoredScriptTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string Listen = """
        window.ran = [];
        window.planted = field => window.ran.push(field);
        window.alert = window.confirm = window.prompt = text => window.ran.push(String(text));
        """;

    private readonly TemporaryFolder folder = new();

    /// <summary>Page → the fields that it shows.</summary>
    private static readonly (string Address, string[] Fields)[] Pages =
    [
        ("", ["experiment-name", "trained-name", "description", "task-name"]),
        ($"experiments/{HostileRecords.Tracked}", ["experiment-name", "run-name", "other-run-name", "param-key", "metric-key", "view-name", "tag-key"]),
        ($"experiments/{HostileRecords.Tracked}?columns={Uri.EscapeDataString("user_id,tags.team")}&filter={Uri.EscapeDataString(HostileRecords.Text("filter"))}", ["experiment-name"]),
        ($"experiments/{HostileRecords.Tracked}?columns={Uri.EscapeDataString($"user_id,params.{HostileRecords.Text("param-key")},tags.{HostileRecords.Text("tag-key")}")}", ["owner", "param-value-r1", "tag-value"]),
        ($"experiments/{HostileRecords.Tracked}?tab=groups", ["param-key", "param-value-r1", "metric-key"]),
        ($"experiments/{HostileRecords.Tracked}?tab=compare", ["run-name", "other-run-name", "param-key", "param-value-r1", "metric-key"]),
        ($"experiments/{HostileRecords.Tracked}?tab=notes", ["experiment-note", "experiment-tag-key", "experiment-tag-value", "experiment-author", "experiment-comment"]),
        ($"experiments/{HostileRecords.Trained}", ["trained-name", "description", "task-name", "trained-run-name"]),
        ($"experiments/{HostileRecords.Trained}?tab=definition", ["data-path"]),
        ($"experiments/{HostileRecords.Trained}?tab=table", ["trained-run-name"]),
        ($"runs/{HostileRecords.Run}", ["run-name", "failure", "param-key", "param-value-r1", "metric-key", "run-note", "tag-key", "tag-value", "run-author", "run-comment", "dataset-name", "dataset-digest", "dataset-context"]),
        ($"runs/{HostileRecords.Run}?tab=curves", ["metric-key"]),
        ($"runs/{HostileRecords.Run}?tab=log", ["log-line"]),
        ($"runs/{HostileRecords.Run}?tab=artifacts", ["folder", "file-name"]),
        ($"runs/{HostileRecords.Run}?tab=artifacts&file={Uri.EscapeDataString(HostileRecords.FileName("file-name", ".txt"))}", ["file-name", "text-content"]),
        ($"runs/{HostileRecords.Run}?tab=artifacts&file=data.json", ["json-content"]),
        ($"runs/{HostileRecords.Run}?tab=artifacts&file=page.html", ["html-content"]),
        ($"runs/{HostileRecords.Run}?tab=artifacts&file=picture.svg", []),
        ($"runs/{HostileRecords.TrainedRun}?tab=log", ["trained-run-name", "trained-failure", "trained-log-line"]),
        ($"runs/{HostileRecords.TrainedRun}?tab=curves", ["task-name"]),
        ($"runs/{HostileRecords.TrainedRun}?tab=definition", ["task-column"]),
        ("models", ["model-name"]),
        ("models/m", ["model-description", "model-tag-key", "model-tag-value", "alias", "version-description", "version-tag-key", "model-comment", "model-author"]),
        ($"webhooks?hook={HostileRecords.Webhook}", ["webhook-name", "webhook-url", "webhook-experiment", "webhook-model", "delivery-event", "delivery-outcome"]),
        ($"nowhere/{Uri.EscapeDataString(HostileRecords.Text("address"))}", []),
        ($"runs/{Uri.EscapeDataString(HostileRecords.Text("address"))}", []),
    ];

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 600_000)]
    public async Task No_text_of_any_page_runs_as_a_script()
    {
        var browser = chromium.Browser;
        await HostileRecords.WriteAsync(folder["data"]);
        await using var server = await Server.StartAsync(folder["data"]);
        await using var visitor = await Visitor.ArriveAsync(browser, server.Address);
        await visitor.Page.AddInitScriptAsync(Listen);

        foreach (var (address, fields) in Pages)
        {
            await visitor.OpenAsync(address);
            foreach (var field in fields)
                await Expect(visitor.Page.Locator("main")).ToContainTextAsync($"seen-{field}", new LocatorAssertionsToContainTextOptions { Timeout = 20_000 });
            foreach (var menu in await visitor.Page.Locator("details.menu > summary").AllAsync())
                await menu.ClickAsync();
            await ShouldBeQuietAsync(visitor.Page, address);
        }

        server.Complaints.ShouldBeEmpty();
    }

    [Theory(Timeout = 300_000)]
    [InlineData("preview/picture.svg", "image/svg+xml")]
    [InlineData("preview/picture.png", "image/png")]
    [InlineData("artifacts/page.html", "application/octet-stream")]
    public async Task A_file_that_is_opened_by_its_address_runs_nothing(string path, string mediaType)
    {
        var browser = chromium.Browser;
        await HostileRecords.WriteAsync(folder["data"]);
        await using var server = await Server.StartAsync(folder["data"]);
        using var client = new HttpClient { BaseAddress = server.Address };

        using var response = await client.GetAsync($"api/v1/runs/{HostileRecords.Run}/{path}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox; default-src 'none';");
        if (mediaType == "application/octet-stream")
        {
            response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            return;
        }

        await using var visitor = await Visitor.ArriveAsync(browser, server.Address);
        await visitor.Page.GotoAsync($"api/v1/runs/{HostileRecords.Run}/{path}");
        (await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.hasAttribute('data-ran') || document.title === 'ran'")).ShouldBeFalse();
    }

    private static async Task ShouldBeQuietAsync(IPage page, string address)
    {
        (await page.EvaluateAsync<string[]>("() => window.ran")).ShouldBeEmpty($"scripts ran on '{address}'");
        (await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.planted, img[src=\"x\"], [onload], [onerror], [href^=\"javascript:\" i], [href^=\"data:\" i], main script, main iframe')].map(e => e.outerHTML)"))
            .ShouldBeEmpty($"elements were planted on '{address}'");
    }
}
