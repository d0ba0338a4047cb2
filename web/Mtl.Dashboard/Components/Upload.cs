using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Mtl.Application;
using Mtl.Core;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Components;

/// <summary>
/// A file on its way from a field of the page straight to the API, whatever its size: one that is too large is refused before anything is sent, and the page hears of progress and of the answer.
/// </summary>
/// <typeparam name="TAnswer">What the API answers.</typeparam>
/// <param name="scripts">The page's scripts.</param>
/// <param name="options">How large a file may be.</param>
/// <param name="advice">What to do with a file that is too large.</param>
public sealed class Upload<TAnswer>(PageScripts scripts, ApplicationOptions options, string advice) : IDisposable
{
    private DotNetObjectReference<Upload<TAnswer>>? self;
    private Func<TAnswer, Task> answered = _ => Task.CompletedTask;
    private Action changed = () => { };

    /// <summary>What is being sent; null when nothing is.</summary>
    public ChosenFile? File { get; private set; }

    /// <summary>How much of it is sent, 0 to 1.</summary>
    public double Fraction { get; private set; }

    /// <summary>Why the last file was not sent or not taken; null when it was.</summary>
    public Error? Error { get; private set; }

    public void Dispose() => self?.Dispose();

    /// <summary>Starts sending the file chosen in a field; nothing happens when there is none.</summary>
    /// <param name="input">The file field.</param>
    /// <param name="address">Where the file goes.</param>
    /// <param name="whenAnswered">Takes what the API made of it.</param>
    /// <param name="whenChanged">Shows <see cref="File"/>, <see cref="Fraction"/> and <see cref="Error"/> as they are then.</param>
    public async Task SendAsync(ElementReference input, Func<ChosenFile, string> address, Func<TAnswer, Task> whenAnswered, Action whenChanged)
    {
        var file = await scripts.ChosenFileAsync(input);
        Error = file?.Bytes > options.MaximumUploadBytes
            ? Error.TooLarge($"'{file.Name}' has {Formats.Bytes(file.Bytes)}; at most {Formats.Bytes(options.MaximumUploadBytes)} can be uploaded.", advice)
            : null;
        if (file is null || Error is not null)
            return;
        (File, Fraction, answered, changed) = (file, 0, whenAnswered, whenChanged);
        self ??= DotNetObjectReference.Create(this);
        await scripts.UploadAsync(input, address(file), self);
    }

    /// <summary>Takes <see cref="Error"/> back, because something else was tried since.</summary>
    public void Forget() => Error = null;

    /// <summary>Called by the browser while it sends.</summary>
    [JSInvokable]
    public void OnUploadProgress(double done)
    {
        Fraction = done;
        changed();
    }

    /// <summary>Called by the browser with the answer; status 0 when there was none.</summary>
    [JSInvokable]
    public async Task OnUploaded(int status, string text)
    {
        var answer = ApiAnswer.Read<TAnswer>(status, text);
        (File, Error) = (null, answer.Error);
        if (answer.IsSuccess)
            await answered(answer.Value);
        changed();
    }
}
