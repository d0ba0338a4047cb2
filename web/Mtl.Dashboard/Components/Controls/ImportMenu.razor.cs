using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Mtl.Application;
using Mtl.Core;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>Takes a run's archive into an experiment: the browser sends the file straight to the API, and the new run's page opens.</summary>
public sealed partial class ImportMenu(ApplicationOptions options, PageScripts scripts, NavigationManager navigation) : ComponentBase, IDisposable
{
    private ElementReference input;
    private DotNetObjectReference<ImportMenu>? self;
    private ChosenFile? uploading;
    private double fraction;
    private Error? error;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    public void Dispose() => self?.Dispose();

    [JSInvokable]
    public void OnUploadProgress(double done)
    {
        fraction = done;
        StateHasChanged();
    }

    [JSInvokable]
    public void OnUploaded(int status, string text)
    {
        var answer = ApiAnswer.Read<Imported>(status, text);
        (uploading, error) = (null, answer.Error);
        if (answer.IsSuccess)
            navigation.NavigateTo($"runs/{answer.Value.Run}");
        StateHasChanged();
    }

    private async Task UploadAsync()
    {
        var file = await scripts.ChosenFileAsync(input);
        error = file?.Bytes > options.MaximumUploadBytes
            ? Error.TooLarge($"'{file.Name}' has {Formats.Bytes(file.Bytes)}; at most {Formats.Bytes(options.MaximumUploadBytes)} can be uploaded.", "Start the server with a larger bound, or leave large artifacts out.")
            : null;
        if (file is null || error is not null)
            return;
        (uploading, fraction) = (file, 0);
        self ??= DotNetObjectReference.Create(this);
        await scripts.UploadAsync(input, $"api/v1/experiments/{ExperimentId}/import", self);
    }

    private sealed record Imported(string Run);
}
