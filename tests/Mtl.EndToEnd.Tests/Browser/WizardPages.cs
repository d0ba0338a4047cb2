using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests.Browser;

/// <summary>The way through the wizard, from a file to a started run, with a look at every step.</summary>
internal sealed class WizardPages(Visitor visitor)
{
    private IPage Page => visitor.Page;

    public async Task UploadAsync(string csv, int rows, int columns = 10)
    {
        await visitor.ClickAsync(AriaRole.Link, "New experiment");
        await visitor.ShouldSeeAsync("Upload a file");
        await visitor.InspectAsync("wizard, no table yet");
        await Page.Locator("#table-file").SetInputFilesAsync(csv);
        await visitor.ShouldSeeAsync(page => page.GetByText($"{rows} rows · {columns} columns", new PageGetByTextOptions { Exact = true }));
        await visitor.InspectAsync("wizard, a table");
        await ContinueAsync("tasks");
    }

    /// <summary>Chooses columns as tasks and leaves everything else as suggested.</summary>
    public async Task ChooseTasksAsync(params (string Column, string SuggestedKind)[] tasks)
    {
        foreach (var (index, (column, kind)) in tasks.Index())
        {
            await Page.Locator("ul.columns > li").Filter(new LocatorFilterOptions { Has = Page.Locator($"b:text-is('{column}')") }).GetByRole(AriaRole.Checkbox).CheckAsync();
            await Expect(Page.Locator($"#tasks-{index}-name")).ToHaveValueAsync(column);
            await Expect(Page.Locator($"#tasks-{index}-kind")).ToHaveValueAsync(kind);
        }

        await visitor.InspectAsync("wizard, tasks");
        await ContinueAsync("inputs");
    }

    /// <summary>Checks what is suggested as inputs.</summary>
    public async Task AcceptInputsAsync(IEnumerable<string> included, IEnumerable<string> excluded)
    {
        foreach (var column in included)
            await Expect(Input(column)).ToBeCheckedAsync();
        foreach (var column in excluded)
            await Expect(Input(column)).Not.ToBeCheckedAsync();
        await visitor.InspectAsync("wizard, inputs");
        await ContinueAsync("split");
    }

    public async Task AcceptSplitAsync()
    {
        await Expect(Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Random Rows are drawn" })).ToBeCheckedAsync();
        await visitor.InspectAsync("wizard, split");
        await ContinueAsync("model");
    }

    public async Task ChooseModelAsync(string weighting, int epochs, int batchSize)
    {
        await Page.Locator("#weighting-key").SelectOptionAsync(weighting);
        await FillAsync("#training-epochs", epochs);
        await FillAsync("#training-batchSize", batchSize);
        await Page.GetByText("More training options").ClickAsync();
        await FillAsync("#training-patience", 0);
        await visitor.InspectAsync("wizard, model");
        await ContinueAsync("review");
    }

    /// <summary>Opens the whole definition as a text, at the last step.</summary>
    public async Task<ILocator> OpenDefinitionAsync()
    {
        await Page.GetByText("The whole definition as YAML").ClickAsync();
        var text = Page.GetByLabel("Definition as YAML");
        await Expect(text).ToBeVisibleAsync();
        return text;
    }

    /// <summary>Names the experiment, sees that a reload loses nothing, and starts.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync(string name, string summary)
    {
        await Page.Locator("#experiment-name").FillAsync(name);
        await visitor.ShouldSeeAsync(summary);
        await visitor.InspectAsync("wizard, review");
        await visitor.ReloadAsync();
        await Expect(Page.Locator("#experiment-name")).ToHaveValueAsync(name);
        await visitor.ShouldSeeAsync(summary);
        await visitor.ClickAsync(AriaRole.Button, "Create and start");
        await Page.WaitForURLAsync("**/runs/*");
        return new Uri(Page.Url).Segments[^1];
    }

    public async Task ContinueAsync(string step)
    {
        await visitor.ClickAsync(AriaRole.Button, $"Continue to {step}");
        await Expect(Page).ToHaveURLAsync(new Regex($"/experiments/new\\?step={step}(&|$)"));
        await visitor.ShouldSeeAsync(page => page.Locator($"ol.steps a[aria-current=step][href*='step={step}']"));
        await Expect(Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeFocusedAsync();
        (await Page.EvaluateAsync<double>("() => scrollY")).ShouldBe(0, $"the step '{step}' is not shown from its beginning");
    }

    private ILocator Input(string column) => Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = column, Exact = true });

    private async Task FillAsync(string field, int value)
    {
        await Page.Locator(field).FillAsync($"{value}");
        await Page.Locator(field).BlurAsync();
    }
}
