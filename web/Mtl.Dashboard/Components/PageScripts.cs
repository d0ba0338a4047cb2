using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Mtl.Dashboard.Components;

/// <summary>The dashboard's own scripts, loaded when first needed.</summary>
public sealed class PageScripts(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? page;
    private Task<IJSObjectReference>? curves;

    private Task<IJSObjectReference> Page => page ??= js.InvokeAsync<IJSObjectReference>("import", "./js/page.js").AsTask();

    private Task<IJSObjectReference> Curves => curves ??= js.InvokeAsync<IJSObjectReference>("import", "./js/curves.js").AsTask();

    public async Task<IJSObjectReference> ChartAsync(ElementReference host, object options, object points) =>
        await (await Curves).InvokeAsync<IJSObjectReference>("create", host, options, points);

    public async Task CopyAsync(string text) => await (await Page).InvokeVoidAsync("copy", text);

    /// <summary>Keeps a scrolling element at its end, unless the reader has scrolled away.</summary>
    public async Task FollowAsync(ElementReference element) => await (await Page).InvokeVoidAsync("follow", element);

    /// <summary>Scrolls to the page's beginning and puts the focus on its heading, as a new page does.</summary>
    public async Task BeginAsync(ElementReference heading) => await (await Page).InvokeVoidAsync("begin", heading);

    public async Task AcceptDropsAsync(ElementReference zone, ElementReference input) => await (await Page).InvokeVoidAsync("acceptDrops", zone, input);

    /// <summary>The file chosen in a file field; null when there is none.</summary>
    public async Task<ChosenFile?> ChosenFileAsync(ElementReference input) => await (await Page).InvokeAsync<ChosenFile?>("chosenFile", input);

    /// <summary>Starts sending the chosen file; <paramref name="listener"/> hears of progress and of the answer.</summary>
    public async Task UploadAsync<T>(ElementReference input, string address, DotNetObjectReference<T> listener)
        where T : class => await (await Page).InvokeVoidAsync("upload", input, address, listener);

    /// <summary>Posts the chosen file and saves the answer under <paramref name="name"/>.</summary>
    public async Task<FileAnswer> ExchangeFileAsync(ElementReference input, string address, string name) =>
        await (await Page).InvokeAsync<FileAnswer>("exchangeFile", TimeSpan.FromMinutes(30), input, address, name);

    /// <summary>Saves a stream, from where it stands to its end, as a file of the reader's.</summary>
    public async Task SaveAsync(string name, string mediaType, Stream content)
    {
        using var sent = new DotNetStreamReference(content, leaveOpen: true);
        await (await Page).InvokeVoidAsync("saveStream", TimeSpan.FromMinutes(30), name, mediaType, sent);
    }

    /// <summary>Keeps a text for this browser tab.</summary>
    public async Task RememberAsync(string key, string text) => await (await Page).InvokeVoidAsync("remember", key, text);

    public async Task<string?> RecallAsync(string key) => await (await Page).InvokeAsync<string?>("recall", key);

    public async Task ForgetAsync(string key) => await (await Page).InvokeVoidAsync("forget", key);

    public async ValueTask DisposeAsync()
    {
        foreach (var module in new[] { page, curves })
        {
            if (module is not { IsCompletedSuccessfully: true })
                continue;
            try
            {
                await (await module).DisposeAsync();
            }
            catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
            {
                // The browser has gone, and the scripts with it.
            }
        }
    }
}

/// <summary>A file that was picked in the browser.</summary>
public sealed record ChosenFile(string Name, long Bytes);

/// <summary>What the server answered; status 0 when it could not be reached. The text is empty on success.</summary>
public sealed record FileAnswer(int Status, string Text);
