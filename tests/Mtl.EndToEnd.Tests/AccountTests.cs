using Microsoft.Playwright;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;

namespace Mtl.EndToEnd.Tests;

/// <summary>An open server gets its first administrator and people, in a browser and on the command line.</summary>
public sealed class AccountTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task An_open_server_says_so_until_somebody_is_set_up_and_from_then_on_everyone_signs_in(ColorScheme theme)
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"]);
        await using var ada = await Visitor.ArriveAsync(chromium.Browser, server.Address, theme);
        await ada.OpenAsync("/");
        await ada.ShouldSeeAsync("This server is open: whoever reaches it may do everything.");
        await ada.InspectAsync("an open server");

        await ada.ClickAsync(AriaRole.Link, "Set up an administrator");
        await ada.ShouldSeeAsync("Set up the first administrator");
        await ada.SettleAsync();
        await ada.InspectAsync("set-up");
        await ada.Page.FillAsync("#name", "ada");
        await ada.Page.FillAsync("#password", Password);
        await ada.Page.FillAsync("#repeated", Password);
        await ada.ClickAsync(AriaRole.Button, "Set up");

        await ada.ShouldSeeAsync("Browsers that are signed in");
        await ada.SettleAsync();
        (await ada.Page.GetByText("This server is open").CountAsync()).ShouldBe(0);
        await ada.Page.FillAsync("#token-name", "laptop");
        await ada.ClickAsync(AriaRole.Button, "Make token");
        await ada.ShouldSeeAsync("Copy it now: it is not shown again.");
        var token = await ada.Page.Locator(".made code").First.InnerTextAsync();
        await ada.InspectAsync("account");

        await ada.OpenAsync("/people");
        await ada.Page.FillAsync("#new-name", "grace");
        await ada.Page.FillAsync("#new-password", Password);
        await ada.ClickAsync(AriaRole.Button, "Add user");
        await ada.ShouldSeeAsync(page => page.GetByRole(AriaRole.Rowheader, new PageGetByRoleOptions { Name = "grace" }));
        await ada.InspectAsync("people");
        await ada.OpenAsync("/people?tab=teams");
        await ada.Page.FillAsync("#team-name", "vision");
        await ada.ClickAsync(AriaRole.Button, "Add team");
        await ada.Page.GetByLabel("grace").CheckAsync();
        await ada.InspectAsync("teams");

        await ada.OpenAsync("/");
        await ada.ClickAsync(AriaRole.Link, "Sample: households");
        await ada.ClickAsync(AriaRole.Link, "Permissions");
        await ada.Page.SelectOptionAsync("#permission", "None");
        await ada.ClickAsync(AriaRole.Button, "Give permission");
        await ada.ShouldSeeAsync(page => page.GetByLabel("Permission of Everyone"));
        await ada.InspectAsync("permissions");
        await ada.OpenAsync("/audit");
        await ada.ShouldSeeAsync("permission.set");
        await ada.InspectAsync("audit log");

        await using var grace = await Visitor.ArriveAsync(chromium.Browser, server.Address, theme);
        await grace.OpenAsync("/models");
        await grace.ShouldSeeAsync("No account, or a forgotten password?");
        await grace.InspectAsync("sign-in");
        await grace.Page.FillAsync("#name", "grace");
        await grace.Page.FillAsync("#password", Password);
        await grace.ClickAsync(AriaRole.Button, "Sign in");
        await grace.ShouldSeeAsync("No models yet");
        await grace.OpenAsync("/");
        await grace.ShouldSeeAsync("No experiments yet");

        await ada.ClickAsync(AriaRole.Button, "Sign out");
        await ada.ShouldSeeAsync("No account, or a forgotten password?");
        ada.Errors.ShouldBeEmpty();
        grace.Errors.ShouldBeEmpty();

        (await MtlProgram.RunAsync(folder.Path, "experiments", "--data", server.DataFolder)).Output.ShouldContain("Sample: households", Case.Sensitive, "the folder's owner");
        server.Output.ShouldNotContain(token);
        server.Output.ShouldNotContain(Password);
    }
}
