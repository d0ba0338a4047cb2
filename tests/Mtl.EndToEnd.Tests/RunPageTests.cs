using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Mtl.Core.Catalogue;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.EndToEnd.Tests.Tables;
using Mtl.Tracking.Runs;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests;

/// <summary>What a person does with runs in the browser: start the sample, stop and go on, read why one failed.</summary>
public sealed class RunPageTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>, IDisposable
{
    /// <summary>No run comes to this epoch within a test.</summary>
    private const int Endless = 100_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task The_sample_experiment_is_there_and_runs_at_one_click()
    {
        var browser = chromium.Browser;
        await using var server = await Server.StartAsync(folder["data"]);
        await using var visitor = await Visitor.ArriveAsync(browser, server.Address);
        await visitor.OpenAsync("");

        await visitor.ClickAsync(AriaRole.Button, "Run Sample: households");

        await visitor.Page.WaitForURLAsync("**/runs/*");
        var page = new RunPages(visitor);
        await visitor.Page.EvaluateAsync("() => { window.asLoaded = true; }");
        await page.ShouldBeAsync("Completed");
        await visitor.ShouldSeeAsync("Δm, all tasks");
        var runs = await server.Api.RunsAsync();
        var shown = runs.Single(run => visitor.Page.Url.Contains(run.Id, StringComparison.Ordinal));
        shown.Progress.Epoch.ShouldBeGreaterThan(1);
        await page.OpenTabAsync("Curves");
        await page.ShouldHaveCurvesAsync(shown.Progress.Epoch);
        (await visitor.Page.EvaluateAsync<bool>("() => window.asLoaded === true")).ShouldBeTrue("the page followed the run to its end without being loaded again");
        foreach (var run in runs)
            output.WriteLine($"{run.Name}: {run.Progress.TrainingSeconds:0.0} s of training, Δm {run.DeltaM:0.00}");
        visitor.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    [Fact(Timeout = 300_000)]
    public async Task A_run_is_paused_resumed_and_cancelled_and_every_window_shows_it_over_a_restart_of_the_server_too()
    {
        var browser = chromium.Browser;
        var table = folder["deliveries.csv"];
        Deliveries.WriteCsv(table, rows: 900);
        await using var server = await Server.StartAsync(folder["data"]);
        var run = (await server.Api.StartAsync(Deliveries.Definition("Long", table, Endless)))[0];
        await using var visitor = await Visitor.ArriveAsync(browser, server.Address);
        await using var other = await Visitor.ArriveAsync(browser, server.Address, ColorScheme.Dark);
        var (page, otherPage) = (new RunPages(visitor), new RunPages(other));
        await visitor.OpenAsync($"runs/{run}");
        await other.OpenAsync($"runs/{run}");
        await otherPage.ShouldGrowAsync();

        await page.Button("Pause").ClickAsync();
        await page.ShouldBeAsync("Paused");
        await otherPage.ShouldBeAsync("Paused");
        await visitor.InspectAsync("run, paused");
        (await otherPage.TextAsync()).ShouldBe(await page.TextAsync());
        visitor.Errors.ShouldBeEmpty();
        other.Errors.ShouldBeEmpty();

        var before = await page.TextAsync();
        await server.StopAsync();
        await server.RestartAsync();
        await using var later = await Visitor.ArriveAsync(browser, server.Address);
        var laterPage = new RunPages(later);
        await later.OpenAsync($"runs/{run}");
        (await laterPage.TextAsync()).ShouldBe(before);

        // The windows of before the restart come back by themselves, and are live again.
        await laterPage.Button("Resume").ClickAsync();
        await laterPage.ShouldBeAsync("Running");
        await page.ShouldBeAsync("Running");
        await page.ShouldGrowAsync();

        await laterPage.Button("Cancel").ClickAsync();
        await later.ShouldSeeAsync("Cancel this run?");
        await later.InspectAsync("run, question before cancelling");
        await laterPage.Button("Cancel the run").ClickAsync();
        await laterPage.ShouldBeAsync("Cancelled");
        await page.ShouldBeAsync("Cancelled");
        (await server.Api.RunAsync(run)).Summary.Status.ShouldBe(RunStatus.Cancelled);
        later.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    [Fact(Timeout = 300_000)]
    public async Task A_run_whose_loss_is_no_longer_a_number_fails_and_says_where_and_what_to_do()
    {
        var browser = chromium.Browser;
        var table = folder["deliveries.csv"];
        Deliveries.WriteCsv(table, rows: 900);
        await using var server = await Server.StartAsync(folder["data"]);
        var definition = Deliveries.Definition("Too fast", table, Endless) with { Optimizer = new Choice("sgd", new Dictionary<string, JsonNode?> { ["learningRate"] = 100 }) };

        var run = (await server.Api.StartAsync(definition))[0];
        var failed = await server.Api.UntilAsync(run, RunStatus.Failed);

        failed.Summary.Failure.ShouldMatch(@"^The (loss|gradient|validation loss) of (the shared parameters|task '(minutes|late|rating)') is no longer a number at step \d+ \(epoch \d+\)\. Lower the learning rate \(it was 100\), "
            + @"clip gradients \(training\.clipNorm\), or look for extreme values in the columns\. The last checkpoint is unharmed\.$");
        await using var visitor = await Visitor.ArriveAsync(browser, server.Address, ColorScheme.Dark);
        await visitor.OpenAsync($"runs/{run}");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "The run failed" })).ToContainTextAsync(failed.Summary.Failure);
        await visitor.InspectAsync("run, failed");
        server.Complaints.ShouldBeEmpty();
    }
}
