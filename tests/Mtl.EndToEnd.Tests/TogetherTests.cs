using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests;

/// <summary>What a team does with runs that a client logs: watch them come in, find, compare and file them away, say something about them, take them elsewhere.</summary>
public sealed class TogetherTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 600_000)]
    public async Task Runs_that_a_client_logs_are_watched_found_compared_and_talked_about()
    {
        var browser = chromium.Browser;
        await using var server = await Server.StartAsync(folder["data"]);
        using var client = new LoggingClient(server.Address);
        var experiment = await client.ExperimentAsync("Digits");
        for (var seed = 0; seed < 4; seed++)
            await client.RunAsync(experiment, $"{(seed < 2 ? "adam" : "sgd")}-{seed}", seed < 2 ? "adam" : "sgd", seed, end: true);
        await using var visitor = await Visitor.ArriveAsync(browser, server.Address);
        var page = visitor.Page;

        await visitor.OpenAsync("");
        await visitor.ClickAsync(AriaRole.Link, "Digits");
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await visitor.InspectAsync("table of runs");
        await ShouldOpenMenusOnAPhoneAsync(page);

        var live = await client.RunAsync(experiment, "live", "adamw", 9, end: false);
        await Expect(Rows(page)).ToHaveCountAsync(5);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "live", Exact = true }).ClickAsync();
        await visitor.ClickAsync(AriaRole.Link, "Curves");
        await Expect(page.Locator("[data-plot]").First).ToHaveAttributeAsync("data-points", "3");
        await client.LogAsync(live, 3, 0.1);
        await Expect(page.Locator("[data-plot]").First).ToHaveAttributeAsync("data-points", "4");
        await client.LogAsync(live, 4, "NaN");
        await Expect(page.Locator("[data-legend]").First).ToContainTextAsync("NaN/∞");
        await visitor.InspectAsync("curves of a logged run");
        await client.EndAsync(live, "FAILED");
        await Expect(page.Locator("h1 .badge")).ToHaveTextAsync("Failed");

        await SayAsync(visitor);
        await FindAsync(visitor, browser, server, experiment);
        await FileAwayAsync(visitor, experiment);

        // The largest group has no loss: its name must not stand at another's curve.
        for (var seed = 1; seed <= 4; seed++)
            await client.RunAsync(experiment, $"silent {seed}", "rmsprop", seed, end: true, points: 0);
        await visitor.OpenAsync($"experiments/{experiment}?tab=groups");
        await Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Groups" }).Locator("tbody tr")).ToHaveCountAsync(4);
        await Expect(page.Locator("[data-legend]")).ToContainTextAsync("adamw");
        await Expect(page.Locator("[data-legend]")).Not.ToContainTextAsync("rmsprop");
        await visitor.InspectAsync("groups");

        visitor.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_run_goes_from_one_experiment_to_another_as_a_file()
    {
        await using var server = await Server.StartAsync(folder["data"]);
        using var client = new LoggingClient(server.Address);
        var from = await client.ExperimentAsync("From");
        var to = await client.ExperimentAsync("To");
        var run = await client.RunAsync(from, "traveller", "adam", 1, end: true);

        var exported = await MtlProgram.RunAsync(folder.Path, "export-run", run, "--data", server.DataFolder, "-o", folder["run.zip"]);
        exported.ExitCode.ShouldBe(0, $"{exported}");
        var imported = await MtlProgram.RunAsync(folder.Path, "import-run", folder["run.zip"], "-e", "To", "--data", server.DataFolder);
        imported.ExitCode.ShouldBe(0, $"{imported}");
        imported.Output.ShouldContain("of 'To'.");
        var table = await MtlProgram.RunAsync(folder.Path, "table", "To", "--columns", "params.optimizer,metrics.loss", "-o", folder["to.csv"], "--data", server.DataFolder);

        table.ExitCode.ShouldBe(0, $"{table}");
        (await File.ReadAllLinesAsync(folder["to.csv"])).ShouldSatisfyAllConditions(
            lines => lines[0].ShouldBe("run_id,run_name,params.optimizer,metrics.loss"),
            lines => lines[1].ShouldEndWith(",traveller,adam,0.3333333333333333"));

        await using var visitor = await Visitor.ArriveAsync(chromium.Browser, server.Address);
        await ImportAsync(visitor, to, folder["run.zip"]);
        visitor.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    /// <summary>A menu lies in the window, wherever its button stands.</summary>
    private static async Task ShouldOpenMenusOnAPhoneAsync(IPage page)
    {
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(390, size.Height);
        foreach (var name in new[] { "Views", "Columns" })
        {
            var menu = page.Locator("details.menu").Filter(new LocatorFilterOptions { Has = page.Locator($"summary:text('{name}')") });
            await menu.Locator("summary").ClickAsync();
            var box = (await menu.Locator(".menu-body").BoundingBoxAsync()).ShouldNotBeNull();
            box.X.ShouldBeGreaterThanOrEqualTo(0, name);
            (box.X + box.Width).ShouldBeLessThanOrEqualTo(390, name);
            await menu.Locator("summary").ClickAsync();
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Runs", Exact = true }).Locator("tbody tr");

    /// <summary>A note, a tag and a comment, which a reload shows again.</summary>
    private static async Task SayAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.ClickAsync(AriaRole.Link, "Overview");
        await visitor.ClickAsync(AriaRole.Button, "Write a note");
        await page.Locator("#note-text").FillAsync("It **diverged** <i>early</i>");
        await page.Locator("section:has(#note-title)").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();
        await page.Locator("#tag-key").FillAsync("team");
        await page.Locator("#tag-value").FillAsync("blue");
        await visitor.ClickAsync(AriaRole.Button, "Set tag");
        await page.Locator("#comment-text").FillAsync("Try a *lower* rate");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Comment", Exact = true }).ClickAsync();
        await visitor.ClickAsync(AriaRole.Button, "Favourite");
        await Expect(page.Locator(".comments li")).ToHaveCountAsync(1);

        await visitor.ReloadAsync();
        await Expect(page.Locator(".markdown strong").First).ToHaveTextAsync("diverged");
        await visitor.ShouldSeeAsync("<i>early</i>");
        await Expect(page.Locator(".tag-text")).ToHaveTextAsync("team: blue");
        await Expect(page.Locator(".comments em")).ToHaveTextAsync("lower");
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Favourite" })).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.InspectAsync("overview of a logged run");
    }

    /// <summary>A filter and an order, kept as a view that somebody else opens; the same as a file.</summary>
    private static async Task FindAsync(Visitor visitor, IBrowser browser, Server server, string experiment)
    {
        var page = visitor.Page;
        await visitor.OpenAsync($"experiments/{experiment}");
        await page.Locator("#run-filter").FillAsync("params.optimizer = 'adam' and");
        await visitor.ClickAsync(AriaRole.Button, "Filter");
        await Expect(page.Locator("#run-filter-problem")).ToContainTextAsync("Invalid filter");
        await page.Locator("#run-filter").FillAsync("params.optimizer = 'adam' and metrics.loss < 1");
        await visitor.ClickAsync(AriaRole.Button, "Filter");
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "seed", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("seed");

        await page.Locator("summary", new PageLocatorOptions { HasText = "Views" }).ClickAsync();
        await page.Locator("#view-name").FillAsync("adam by seed");
        await visitor.ClickAsync(AriaRole.Button, "Save");
        var link = await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "adam by seed" }).GetAttributeAsync("href");
        await using (var other = await Visitor.ArriveAsync(browser, server.Address, ColorScheme.Dark))
        {
            await other.OpenAsync(link!);
            await Expect(Rows(other.Page)).ToHaveCountAsync(2);
            await Expect(other.Page.Locator("#run-filter")).ToHaveValueAsync("params.optimizer = 'adam' and metrics.loss < 1");
            await Expect(other.Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("seed");
            other.Errors.ShouldBeEmpty();
        }

        var csv = Encoding.UTF8.GetString(await visitor.DownloadAsync(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "CSV" })));
        csv.Split("\r\n").Length.ShouldBe(4, csv);
        csv.ShouldContain("adam-0");
    }

    /// <summary>Two runs side by side; one archived and brought back.</summary>
    private static async Task FileAwayAsync(Visitor visitor, string experiment)
    {
        var page = visitor.Page;
        foreach (var name in new[] { "adam-0", "adam-1" })
            await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = $"Select {name}" }).CheckAsync();
        await page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Selected runs" }).GetByText("Compare").ClickAsync();
        await Expect(page.Locator(".legend-item")).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Parameters of the compared runs" }).Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Parallel coordinates of the runs" }).Locator("a")).ToHaveCountAsync(2);
        await visitor.InspectAsync("comparison");

        await visitor.OpenAsync($"experiments/{experiment}");
        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Select sgd-3" }).CheckAsync();
        await visitor.ClickAsync(AriaRole.Button, "Archive");
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Archived", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Select sgd-3" }).CheckAsync();
        await visitor.ClickAsync(AriaRole.Button, "Restore");
        await visitor.ShouldSeeAsync("Nothing is archived here");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Live runs", Exact = true }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(5);
    }

    /// <summary>The archive once more, through the page; run and experiment get other names there.</summary>
    private static async Task ImportAsync(Visitor visitor, string experiment, string archive)
    {
        var page = visitor.Page;
        await visitor.OpenAsync($"experiments/{experiment}");
        await page.Locator("summary", new PageLocatorOptions { HasText = "Import run" }).ClickAsync();
        await visitor.InspectAsync("import of a run");
        await page.Locator("#run-archive").SetInputFilesAsync(archive);
        await Expect(page.Locator("h1")).ToContainTextAsync("traveller");
        var csv = Encoding.UTF8.GetString(await visitor.DownloadAsync(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "CSV params.csv" })));
        csv.ShouldBe("key,value\r\noptimizer,adam\r\nseed,1\r\n");

        await RenameAsync("settler");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "To", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "settler", Exact = true })).ToBeVisibleAsync();
        await RenameAsync("Home");

        async Task RenameAsync(string name)
        {
            await page.Locator("summary", new PageLocatorOptions { HasText = "Rename" }).ClickAsync();
            await page.Locator("#new-name").FillAsync(name);
            await page.Locator(".menu-body").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Rename" }).ClickAsync();
            await Expect(page.Locator("h1")).ToContainTextAsync(name);
        }
    }

    /// <summary>Logs as MLflow's clients do.</summary>
    private sealed class LoggingClient(Uri server) : IDisposable
    {
        private readonly HttpClient http = new() { BaseAddress = new Uri(server, "/api/2.0/mlflow/") };

        public async Task<string> ExperimentAsync(string name) => (string)(await PostAsync("experiments/create", new { name }))["experiment_id"]!;

        /// <summary>A run with points of its loss, the third 1/3.</summary>
        public async Task<string> RunAsync(string experiment, string name, string optimizer, int seed, bool end, int points = 3)
        {
            var created = await PostAsync("runs/create", new { experiment_id = experiment, run_name = name, start_time = Now });
            var run = (string)created["run"]!["info"]!["run_id"]!;
            await PostAsync("runs/log-batch", new
            {
                run_id = run,
                @params = new[] { new { key = "optimizer", value = optimizer }, new { key = "seed", value = $"{seed}" } },
                metrics = Enumerable.Range(0, points).Select(step => new { key = "loss", value = 1.0 / (step + 1), timestamp = Now, step }),
            });
            if (end)
                await EndAsync(run, "FINISHED");
            return run;
        }

        public Task LogAsync(string run, int step, object loss) => PostAsync("runs/log-metric", new { run_id = run, key = "loss", value = loss, timestamp = Now, step });

        public Task EndAsync(string run, string status) => PostAsync("runs/update", new { run_id = run, status, end_time = Now });

        public void Dispose() => http.Dispose();

        private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        private async Task<JsonNode> PostAsync(string path, object body)
        {
            using var response = await http.PostAsJsonAsync(path, body);
            var text = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
            return JsonNode.Parse(text)!;
        }
    }
}
