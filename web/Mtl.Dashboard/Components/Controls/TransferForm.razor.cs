using Microsoft.AspNetCore.Components;
using Mtl.Application.Experiments;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>Task transfer: from which run or file the shared parameters come, and whether they are trained on.</summary>
public sealed partial class TransferForm(IExperiments application, IRuns allRuns) : ComponentBase
{
    private static readonly (TransferOrigin Origin, string Title)[] Origins =
    [
        (TransferOrigin.Nothing, "Anew, from random values"),
        (TransferOrigin.Run, "From those of a completed run"),
        (TransferOrigin.Model, "From those of an exported model on the server"),
    ];

    private IReadOnlyList<ExperimentSummary> experiments = [];
    private IReadOnlyList<RunSummary> runs = [];
    private string experiment = "";
    private bool isListed;
    private bool isLike;
    private Error? refusal;

    [Parameter, EditorRequired]
    public DefinitionDraft Draft { get; set; } = null!;

    [Parameter]
    public Error? Error { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>Hears of the whole definition when more of it changes than where the parameters come from.</summary>
    [Parameter]
    public EventCallback<ExperimentDefinition> Rewritten { get; set; }

    private string? Wrong => Draft.Transfer.Problem ?? FieldProblems.For(Error, "transfer");

    protected override async Task OnParametersSetAsync()
    {
        if (isListed || Draft.Transfer.Origin != TransferOrigin.Run || !RendererInfo.IsInteractive)
            return;
        isListed = true;
        experiments = [.. (await application.ListAsync()).Where(known => known.Tasks.Count > 0)];
        if (Draft.Transfer.Run.Length > 0 && await allRuns.OfAsync([Draft.Transfer.Run]) is [var chosen, ..])
            await ReadAsync(chosen.ExperimentId);
    }

    /// <summary>The runs of another experiment; the chosen one is not among them.</summary>
    private async Task OpenAsync(string id)
    {
        await ReadAsync(id);
        await SetAsync(() => Draft.Transfer.Run = "");
    }

    private async Task ReadAsync(string id)
    {
        experiment = id;
        runs = id.Length == 0
            ? []
            : (await allRuns.PageAsync(id)).Match<IReadOnlyList<RunSummary>>(page => [.. page.Items.Where(run => run is { Kind: RunKind.MultiTask, Status: RunStatus.Completed })], _ => []);
    }

    private async Task LikenAsync()
    {
        var read = await allRuns.GetAsync(Draft.Transfer.Run);
        refusal = read.Error;
        if (read is not { IsSuccess: true, Value.Definition: { } source })
            return;
        await Rewritten.InvokeAsync(Draft.Like(source));
        isLike = true;
    }

    private Task SetAsync(Action change)
    {
        change();
        isLike = false;
        return Changed.InvokeAsync();
    }
}
