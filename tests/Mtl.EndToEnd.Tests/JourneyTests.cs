using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Mtl.Dashboard.Models;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.EndToEnd.Tests.Tables;
using Mtl.Tracking.Models;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests;

/// <summary>The whole way of a new user in a real browser: from a CSV file to a served model, in both themes.</summary>
public sealed class JourneyTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Rows = 900;

    /// <summary>So many that a browser comes to see the run while it goes on.</summary>
    private const int Epochs = 400;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory(Timeout = 400_000)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task From_a_table_to_predictions(ColorScheme theme)
    {
        var csv = folder["deliveries.csv"];
        Deliveries.WriteCsv(csv, Rows);
        var browser = chromium.Browser;
        await using var server = await Server.StartAsync(folder["data"]);
        await using var visitor = await Visitor.ArriveAsync(browser, server.Address, theme);
        await visitor.OpenAsync("");
        await visitor.ShouldSeeAsync("Sample: households");
        (await visitor.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme")).ShouldBe($"{theme}".ToLowerInvariant());
        await visitor.InspectAsync("experiments");

        var run = await StartThroughWizardAsync(visitor, csv);
        await using var other = await Visitor.ArriveAsync(browser, server.Address, theme);
        await other.OpenAsync($"runs/{run}");
        await new RunPages(visitor).ShouldGrowAsync();
        await visitor.InspectAsync("run, live");
        await ShouldShowResultsAsync(visitor, other, server, run);

        var model = await server.Api.ModelAsync(run);
        await ShouldExportAsync(visitor, model);
        await ShouldPredictARowAsync(visitor, server, model);
        await ShouldPredictAFileAsync(visitor, csv);
        await SeeOtherPagesAsync(visitor, run, model.Name);

        visitor.Errors.ShouldBeEmpty();
        other.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    private static async Task<string> StartThroughWizardAsync(Visitor visitor, string csv)
    {
        var wizard = new WizardPages(visitor);
        await wizard.UploadAsync(csv, Rows);
        await wizard.ChooseTasksAsync(("minutes", "Regression"), ("late", "Binary"), ("rating", "Multiclass"));
        await wizard.AcceptInputsAsync(Deliveries.Inputs, [Deliveries.Identifier, Deliveries.Leak]);
        await wizard.AcceptSplitAsync();
        await wizard.ChooseModelAsync("dwa", Epochs, batchSize: 16);
        return await wizard.StartAsync("Deliveries on time", $"5, without {Deliveries.Identifier}, {Deliveries.Leak}");
    }

    /// <summary>The results come to the open page by themselves; another window and a reload show the same.</summary>
    private static async Task ShouldShowResultsAsync(Visitor visitor, Visitor other, Server server, string run)
    {
        var (page, otherPage) = (new RunPages(visitor), new RunPages(other));
        await page.ShouldBeAsync("Completed");
        await visitor.ShouldSeeAsync("Δm, all tasks");
        var details = await server.Api.RunAsync(run);
        foreach (var task in details.Result!.Tasks)
        {
            var shown = visitor.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = task.Task, Exact = true });
            foreach (var value in task.Metrics.Values)
                await Expect(shown.GetByText(Formats.Number(value), new LocatorGetByTextOptions { Exact = true }).First).ToBeVisibleAsync();
        }

        await Expect(visitor.Page.Locator("table.confusion")).ToHaveCountAsync(2);
        await Expect(page.Progress).ToContainTextAsync(Formats.SignedPercent(details.Comparison!.DeltaM));
        await visitor.InspectAsync("run, results");

        var seen = await page.TextAsync();
        await other.ShouldSeeAsync("Δm, all tasks");
        (await otherPage.TextAsync()).ShouldBe(seen);
        await visitor.ReloadAsync();
        await visitor.ShouldSeeAsync("Δm, all tasks");
        (await page.TextAsync()).ShouldBe(seen);

        await page.OpenTabAsync("Curves");
        await visitor.Page.WaitForFunctionAsync($"() => document.querySelector('[data-plot]')?.dataset.points === '{Epochs}'");
        await visitor.InspectAsync("run, curves");
        await page.OpenTabAsync("Log");
        await visitor.ShouldSeeAsync("Exported model.onnx");
        await visitor.InspectAsync("run, log");
        await page.OpenTabAsync("Definition");
        await visitor.ShouldSeeAsync(Deliveries.Leak);
        await visitor.InspectAsync("run, definition");
    }

    private static async Task ShouldExportAsync(Visitor visitor, ModelVersion model)
    {
        var file = await visitor.DownloadAsync(visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Export ONNX" }));

        Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe(model.Sha256);
    }

    private static async Task ShouldPredictARowAsync(Visitor visitor, Server server, ModelVersion model)
    {
        await visitor.Page.Locator("main").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Predict" }).ClickAsync();
        var row = new Dictionary<string, string?> { ["distance_km"] = "27.5", ["weight_kg"] = "", ["stops"] = "11", ["depot"] = "hill", ["weather"] = "snow" };
        foreach (var (name, value) in row)
        {
            var field = visitor.Page.Locator($"#input-{name}");
            await (name is "depot" or "weather" ? field.SelectOptionAsync(value!) : field.FillAsync(value!));
        }

        await visitor.ClickAsync(AriaRole.Button, "Predict all tasks");

        foreach (var task in (await server.Api.PredictAsync(model, row)).Tasks)
        {
            var shown = visitor.Page.GetByRole(AriaRole.Article, new PageGetByRoleOptions { Name = $"Prediction for {task.Task}" });
            await Expect(shown.Locator("header .value")).ToHaveTextAsync(task.Label.Length > 0 ? task.Label : Formats.Number(task.Value));
            foreach (var probability in task.Probabilities)
                await Expect(shown.Locator(".probability").Filter(new LocatorFilterOptions { Has = visitor.Page.Locator($".label[title='{probability.Key}']") })).ToContainTextAsync(Formats.Percent(probability.Value));
        }

        await visitor.InspectAsync("predict");
    }

    private static async Task ShouldPredictAFileAsync(Visitor visitor, string csv)
    {
        await visitor.Page.Locator("#batch-file").SetInputFilesAsync(csv);

        var lines = Encoding.UTF8.GetString(await visitor.DownloadAsync(visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Predict and download" }))).TrimEnd().Split('\n');

        lines.Length.ShouldBe(Rows + 1);
        var header = lines[0].TrimEnd('\r').Split(',');
        foreach (var task in new[] { "minutes", "late", "rating" })
            header.Count(column => column.Contains(task, StringComparison.Ordinal)).ShouldBeGreaterThan(1, lines[0]);
        lines[1].ShouldStartWith("D-100000,");
        await visitor.ShouldSeeAsync("The predictions were downloaded.");
    }

    private static async Task SeeOtherPagesAsync(Visitor visitor, string run, string model)
    {
        (string Address, string Text)[] pages =
        [
            ("models", model), ($"models/{model}", "Point an alias at a version"), ("predict", model), ("methods", "Hard parameter sharing"), ("", "Deliveries on time"),
        ];
        foreach (var (address, text) in pages)
        {
            await visitor.OpenAsync(address);
            await visitor.ShouldSeeAsync(page => page.Locator("main").GetByText(text));
            await visitor.InspectAsync(address.Length > 0 ? address : "experiments, with one of one's own");
        }

        await visitor.ClickAsync(AriaRole.Link, "Deliveries on time");
        await visitor.ShouldSeeAsync(page => page.Locator($"a[href='runs/{run}']"));
        await visitor.InspectAsync("experiment");
        await new RunPages(visitor).OpenTabAsync("Compare");
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("tab=compare"));
        await visitor.InspectAsync("experiment, comparison");
        await new RunPages(visitor).OpenTabAsync("New variant");
        await visitor.ShouldSeeAsync("Task weighting");
        await visitor.InspectAsync("experiment, variant");

        // Who turns the pages quickly leaves one while the browser is still making its charts.
        for (var turn = 0; turn < 10; turn++)
        {
            await visitor.ClickAsync(AriaRole.Link, "Compare");
            await visitor.ClickAsync(AriaRole.Link, "New variant");
        }

        await visitor.ShouldSeeAsync("Task weighting");
    }
}
