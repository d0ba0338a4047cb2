using Microsoft.Playwright;

namespace Mtl.EndToEnd.Tests.Browser;

/// <summary>Somebody at a browser window of their own (own cookies, own storage), who notices every error that a page reports.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private const int PatienceMilliseconds = 180_000;

    private readonly IBrowserContext context;
    private readonly List<string> errors = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Note($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Note($"page error: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                Note($"{response.Status} for {response.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of the console and of scripts, and requests that were refused.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (errors)
                return [.. errors];
        }
    }

    public static async Task<Visitor> ArriveAsync(IBrowser browser, Uri site, ColorScheme theme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(), ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce, AcceptDownloads = true, ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Opens an address of the site and waits until the page answers to clicks.</summary>
    public async Task OpenAsync(string address)
    {
        await Page.GotoAsync(address);
        await SettleAsync();
    }

    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await SettleAsync();
    }

    /// <summary>A page that came with its content says that it is busy until its connection to the server stands.</summary>
    public Task SettleAsync() => Assertions.Expect(Page.Locator("main:not([aria-busy])")).ToBeVisibleAsync();

    public Task ShouldSeeAsync(Func<IPage, ILocator> what) => Assertions.Expect(what(Page).First).ToBeVisibleAsync();

    public Task ShouldSeeAsync(string text) => ShouldSeeAsync(page => page.GetByText(text));

    public Task ClickAsync(AriaRole role, string name) => Page.GetByRole(role, new PageGetByRoleOptions { Name = name }).First.ClickAsync();

    /// <summary>Clicks and waits for the file that comes.</summary>
    public async Task<byte[]> DownloadAsync(ILocator what)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => what.ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var file = new MemoryStream();
        await stream.CopyToAsync(file);
        return file.ToArray();
    }

    public ValueTask DisposeAsync() => new(context.CloseAsync());

    private void Note(string error)
    {
        lock (errors)
            errors.Add($"{error} on {Page.Url}");
    }
}
