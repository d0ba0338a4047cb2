using Microsoft.AspNetCore.Components;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Tracking.Artifacts;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>A run's files, with a preview of texts, JSON and pictures. What they hold is shown as text, or as a picture that is sent confined.</summary>
public sealed partial class ArtifactBrowser(IRuns runs, IRunPreviews previews, Handover handover) : ComponentBase
{
    private const int MostShown = 2000;

    private IReadOnlyList<ArtifactFile> files = [];
    private TextPreview? text;
    private Error? error;
    private bool isLoaded;
    private string? loadedRun;
    private string? previewed;

    [Parameter, EditorRequired]
    public string RunId { get; set; } = "";

    /// <summary>The file shown, as it stands in the address.</summary>
    [Parameter]
    public string? File { get; set; }

    private string? Shown => files.Any(file => file.Path == File) ? File : null;

    protected override async Task OnParametersSetAsync()
    {
        if (loadedRun != RunId)
        {
            (loadedRun, previewed) = (RunId, null);
            var listed = await handover.ReadAsync(RendererInfo, $"artifacts:{RunId}", () => runs.ArtifactsAsync(RunId));
            (files, error) = listed.Match<(IReadOnlyList<ArtifactFile>, Error?)>(list => ([.. list.OrderBy(file => Folder(file.Path), StringComparer.Ordinal).ThenBy(file => file.Path, StringComparer.Ordinal)], null), failure => ([], failure));
            isLoaded = true;
        }

        if (Shown == previewed)
            return;
        (previewed, text) = (Shown, null);
        if (previewed is not { } path || IRunPreviews.KindOf(path) is not (PreviewKind.Text or PreviewKind.Json))
            return;
        var read = await handover.ReadAsync(RendererInfo, $"preview:{RunId}:{path}", () => previews.TextAsync(RunId, path));
        (text, error) = read.Match<(TextPreview?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private string Address(string kind) => $"api/v1/runs/{RunId}/{kind}/{string.Join('/', Shown!.Split('/').Select(Uri.EscapeDataString))}";
}
