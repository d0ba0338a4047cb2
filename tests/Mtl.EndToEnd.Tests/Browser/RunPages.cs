using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests.Browser;

/// <summary>A run's page as a visitor sees it.</summary>
internal sealed class RunPages(Visitor visitor)
{
    private const string MostPoints = "() => Math.max(0, ...[...document.querySelectorAll('[data-plot]')].map(plot => Number(plot.dataset.points ?? 0)))";

    private IPage Page => visitor.Page;

    public ILocator Progress => Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Progress", Exact = true });

    public Task ShouldBeAsync(string status) => Expect(Page.Locator("h1 .badge")).ToHaveTextAsync(status);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public Task OpenTabAsync(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync();

    /// <summary>Sees a curve of at least so many points.</summary>
    public Task ShouldHaveCurvesAsync(int points) => Page.WaitForFunctionAsync($"({MostPoints})() >= {points}");

    /// <summary>Sees the longest curve grow, in the page as it was loaded.</summary>
    public async Task ShouldGrowAsync()
    {
        await Page.EvaluateAsync("() => { window.asLoaded = true; }");
        await ShouldHaveCurvesAsync(2);
        var before = await Page.EvaluateAsync<int>(MostPoints);
        await Page.WaitForFunctionAsync($"({MostPoints})() > {before}");
        (await Page.EvaluateAsync<bool>("() => window.asLoaded === true")).ShouldBeTrue("the page was loaded again");
    }

    /// <summary>What the page says of the run, for comparison with another window's.</summary>
    public async Task<string> TextAsync() => $"{await Page.Locator("h1").InnerTextAsync()}\n{await Progress.InnerTextAsync()}";
}
