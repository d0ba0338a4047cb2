using Microsoft.AspNetCore.Components;
using Mtl.Application.Models;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Models;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class PredictPage(IModels models, IPredictions predictions, NavigationManager navigation, Handover handover) : ComponentBase
{
    private ModelVersion? model;
    private PredictionForm? form;
    private RowPrediction? prediction;
    private IReadOnlyDictionary<string, string?> row = new Dictionary<string, string?>();
    private Error? error;
    private Error? refusal;
    private bool isBusy;

    [Parameter]
    public string Name { get; set; } = "";

    [Parameter]
    public string? Version { get; set; }

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    private bool IsPython => Code == "python";

    private string Here => Version is null ? $"predict/{Name}" : $"predict/{Name}/{Version}";

    private string Address => InferenceSnippets.Address(navigation.BaseUri, Name, $"{model!.Version}");

    protected override async Task OnParametersSetAsync()
    {
        var wanted = Version ?? "latest";
        var found = await handover.ReadAsync(RendererInfo, $"version:{wanted}", () => models.GetAsync(Name, wanted));
        if (!found.IsSuccess)
        {
            error = found.Error;
            return;
        }

        if (found.Value == model)
            return;
        var signature = await handover.ReadAsync(RendererInfo, $"signature:{wanted}", () => models.SignatureAsync(Name, wanted));
        (model, error) = (found.Value, signature.Error);
        form = signature.IsSuccess ? new PredictionForm(signature.Value) : null;
        (prediction, refusal) = (null, null);
        // Nothing is said of a text that is still to be written.
        if (form is { HasUsualValues: true })
            await PredictAsync();
    }

    private async Task PredictAsync()
    {
        if (form is not { IsValid: true } filled)
            return;
        isBusy = true;
        var asked = filled.Row;
        var predicted = await handover.ReadAsync(RendererInfo, $"prediction:{string.Join('|', asked)}", () => predictions.PredictAsync(Name, $"{model!.Version}", [asked]));
        isBusy = false;
        row = asked;
        (prediction, refusal) = predicted.Match<(RowPrediction?, Error?)>(rows => (rows[0], null), failure => (null, failure));
    }
}
