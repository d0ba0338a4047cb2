using Microsoft.AspNetCore.Components;
using Mtl.Application;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>Takes a run's archive into an experiment; the new run's page opens.</summary>
public sealed partial class ImportMenu(ApplicationOptions options, PageScripts scripts, NavigationManager navigation) : ComponentBase, IDisposable
{
    private readonly Upload<Imported> upload = new(scripts, options, "Start the server with a larger bound, or leave large artifacts out.");
    private ElementReference input;

    [Parameter, EditorRequired]
    public string ExperimentId { get; set; } = "";

    public void Dispose() => upload.Dispose();

    private Task UploadAsync() => upload.SendAsync(input, _ => $"api/v1/experiments/{ExperimentId}/import", OpenAsync, StateHasChanged);

    private Task OpenAsync(Imported imported)
    {
        navigation.NavigateTo($"runs/{imported.Run}");
        return Task.CompletedTask;
    }

    private sealed record Imported(string Run);
}
