using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Mtl.Application;
using Mtl.Application.Datasets;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Data.Profiling;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Components.Wizard;

/// <summary>Choosing a table: the browser sends a file straight to the API, whatever its size; the page hears of progress and of the answer.</summary>
public sealed partial class DataStep(IDatasets datasets, ApplicationOptions options, PageScripts scripts, Handover handover) : ComponentBase, IDisposable
{
    private ElementReference zone;
    private ElementReference input;
    private DotNetObjectReference<DataStep>? self;
    private IReadOnlyList<Dataset> known = [];
    private ChosenFile? uploading;
    private double fraction;
    private string path = "";
    private bool isReading;
    private Error? error;

    [Parameter]
    public Dataset? Chosen { get; set; }

    [Parameter]
    public TableProfile? Profile { get; set; }

    [Parameter]
    public EventCallback<Dataset> Picked { get; set; }

    private long MaximumBytes => options.MaximumUploadBytes;

    public void Dispose() => self?.Dispose();

    [JSInvokable]
    public void OnUploadProgress(double done)
    {
        fraction = done;
        StateHasChanged();
    }

    [JSInvokable]
    public async Task OnUploaded(int status, string text)
    {
        var answer = ApiAnswer.Read<Dataset>(status, text);
        uploading = null;
        error = answer.Error;
        if (answer.IsSuccess)
            await PickAsync(answer.Value);
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync() => known = await handover.ReadAsync(RendererInfo, "datasets", () => datasets.ListAsync());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await scripts.AcceptDropsAsync(zone, input);
    }

    private async Task UploadAsync()
    {
        var file = await scripts.ChosenFileAsync(input);
        error = file?.Bytes > MaximumBytes
            ? Error.TooLarge($"'{file.Name}' has {Formats.Bytes(file.Bytes)}; at most {Formats.Bytes(MaximumBytes)} can be uploaded.", "Put it on the server and give its path instead.")
            : null;
        if (file is null || error is not null)
            return;
        (uploading, fraction) = (file, 0);
        self ??= DotNetObjectReference.Create(this);
        await scripts.UploadAsync(input, $"api/v1/datasets?name={Uri.EscapeDataString(file.Name)}", self);
    }

    private async Task AddPathAsync()
    {
        (isReading, error) = (true, null);
        var added = await datasets.AddPathAsync(path.Trim());
        (isReading, error) = (false, added.Error);
        if (added.IsSuccess)
            await PickAsync(added.Value);
    }

    private async Task PickAsync(Dataset dataset)
    {
        error = null;
        await Picked.InvokeAsync(dataset);
        known = await datasets.ListAsync();
    }
}
