using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Mtl.Application.Access;

namespace Mtl.Dashboard.Handing;

/// <summary>
/// Hands what a page's first rendering read to the live page that takes its place, which so shows the same at once: it neither goes blank nor reads everything a second time.
/// The browser carries one word, sealed by the framework; the values stay on the server (<see cref="Handovers"/>). A live page on another server, or a late one, reads for itself.
/// </summary>
public sealed class Handover : IDisposable
{
    private const string Name = "mtl-handover";

    private readonly PersistentComponentState state;
    private readonly Handovers store;
    private readonly IAccess access;
    private readonly Dictionary<string, object?> read = [];
    private PersistingComponentStateSubscription? persisting;
    private Dictionary<string, object?>? handed;

    internal Handover(PersistentComponentState state, Handovers store, IAccess access) => (this.state, this.store, this.access) = (state, store, access);

    public void Dispose() => persisting?.Dispose();

    /// <summary>What was handed over as <paramref name="what"/>, once; else what <paramref name="reading"/> gives.</summary>
    /// <param name="renderer">The asking component's.</param>
    /// <param name="what">Names the value within the page: what it is, of which record, in which state.</param>
    public async ValueTask<T> ReadAsync<T>(RendererInfo renderer, string what, Func<Task<T>> reading)
    {
        if (renderer.IsInteractive)
            return Handed().Remove(what, out var value) ? (T)value! : await reading();
        persisting ??= state.RegisterOnPersisting(Keep, RenderMode.InteractiveServer);
        var result = await reading();
        read[what] = result;
        return result;
    }

    /// <summary>The live page has been shown: what nobody asked for is dropped, as it would be old by the time somebody does.</summary>
    public void Close() => handed?.Clear();

    private Dictionary<string, object?> Handed() =>
        handed ??= state.TryTakeFromJson<string>(Name, out var word) && word is not null ? new(store.Take(access.Caller.UserId, word)) : [];

    private Task Keep()
    {
        if (read.Count > 0 && store.Keep(access.Caller.UserId, read) is { } word)
            state.PersistAsJson(Name, word);
        return Task.CompletedTask;
    }
}
