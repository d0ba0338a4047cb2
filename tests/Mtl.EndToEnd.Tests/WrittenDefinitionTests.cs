using Microsoft.Playwright;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.EndToEnd.Tests.Tables;
using Mtl.Tracking.Runs;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests;

/// <summary>What no form of the wizard has is written as YAML at its end: what is refused says so beside the button, what is taken runs.</summary>
public sealed class WrittenDefinitionTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Rows = 300;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 400_000)]
    public async Task A_regulariser_is_written_in_the_wizard_and_runs()
    {
        var csv = folder["deliveries.csv"];
        Deliveries.WriteCsv(csv, Rows);
        await using var server = await Server.StartAsync(folder["data"]);
        await using var visitor = await Visitor.ArriveAsync(chromium.Browser, server.Address);
        await visitor.OpenAsync("");
        var wizard = new WizardPages(visitor);
        await wizard.UploadAsync(csv, Rows);
        await wizard.ChooseTasksAsync(("minutes", "Regression"), ("late", "Binary"));
        await wizard.AcceptInputsAsync(Deliveries.Inputs, [Deliveries.Identifier, Deliveries.Leak]);
        await wizard.AcceptSplitAsync();
        await wizard.ChooseModelAsync("ew", epochs: 2, batchSize: 64);
        var definition = await wizard.OpenDefinitionAsync();
        var yaml = await definition.InputValueAsync();
        yaml.ShouldContain("regularizers: []");
        var start = visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create and start" });

        await ShouldRefuseAsync("name: [", "'The definition' is not valid YAML at line 2, column 1: ");
        await ShouldRefuseAsync(With("regularizers: [{ key: l2, strength: 0.01 }]"), "Unknown option 'strength' of regularizer 'l2'; its options are weight, on.");
        await ShouldRefuseAsync(yaml.Replace("weighting: ew", "weighting: { key: dwa, temprature: 3 }", StringComparison.Ordinal), "Unknown option 'temprature' of weighting 'dwa'; its options are temperature.");
        await visitor.InspectAsync("wizard, a refused definition");

        // Longer than what a connection takes in one message by default.
        await definition.FillAsync($"# {new string('-', 40_000)}\n{With("regularizers: [{ key: l2, weight: 0.01 }]")}");
        await Expect(start).ToBeEnabledAsync();
        await Expect(visitor.Page.Locator(".notice.danger")).ToHaveCountAsync(0);
        await start.ClickAsync();
        await visitor.Page.WaitForURLAsync("**/runs/*");

        var run = new Uri(visitor.Page.Url).Segments[^1];
        var regularizer = (await server.Api.UntilAsync(run, RunStatus.Completed)).Definition!.Regularizers.ShouldHaveSingleItem();
        (regularizer.Key, (double)regularizer.Options["weight"]!).ShouldBe(("l2", 0.01));
        visitor.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();

        string With(string regularizers) => yaml.Replace("regularizers: []", regularizers, StringComparison.Ordinal);

        async Task ShouldRefuseAsync(string text, string reason)
        {
            await definition.FillAsync(text);
            await Expect(visitor.Page.Locator(".notice.danger")).ToContainTextAsync(reason);
            await Expect(start).ToBeDisabledAsync();
            await Expect(visitor.Page.Locator(".wizard-hint")).ToHaveTextAsync("The YAML can't be taken; correct it first.");
            (await definition.InputValueAsync()).ShouldBe(text, "what is being written stays");
        }
    }
}
