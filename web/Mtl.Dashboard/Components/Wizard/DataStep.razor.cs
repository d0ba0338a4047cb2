using Microsoft.AspNetCore.Components;
using Mtl.Application;
using Mtl.Application.Datasets;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Data.Profiling;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Components.Wizard;

/// <summary>Choosing a table: a file from the browser, one on the server, or a known one.</summary>
public sealed partial class DataStep(IDatasets datasets, ApplicationOptions options, PageScripts scripts, Handover handover) : ComponentBase, IDisposable
{
    private readonly Upload<Dataset> upload = new(scripts, options, "Put it on the server and give its path instead.");
    private ElementReference zone;
    private ElementReference input;
    private IReadOnlyList<Dataset> known = [];
    private string path = "";
    private bool isReading;
    private Error? error;

    [Parameter]
    public Dataset? Chosen { get; set; }

    [Parameter]
    public TableProfile? Profile { get; set; }

    [Parameter]
    public EventCallback<Dataset> Picked { get; set; }

    public void Dispose() => upload.Dispose();

    protected override async Task OnInitializedAsync() => known = await handover.ReadAsync(RendererInfo, "datasets", () => datasets.ListAsync());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await scripts.AcceptDropsAsync(zone, input);
    }

    private Task UploadAsync()
    {
        error = null;
        return upload.SendAsync(input, file => $"api/v1/datasets?name={Uri.EscapeDataString(file.Name)}", PickAsync, StateHasChanged);
    }

    private async Task AddPathAsync()
    {
        upload.Forget();
        (isReading, error) = (true, null);
        var added = await datasets.AddPathAsync(path.Trim());
        (isReading, error) = (false, added.Error);
        if (added.IsSuccess)
            await PickAsync(added.Value);
    }

    private async Task PickAsync(Dataset dataset)
    {
        upload.Forget();
        error = null;
        await Picked.InvokeAsync(dataset);
        known = await datasets.ListAsync();
    }
}
