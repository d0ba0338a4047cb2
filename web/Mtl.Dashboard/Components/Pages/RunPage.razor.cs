using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Filing;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Dashboard.Components.Controls;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Runs;
using Radzen;

namespace Mtl.Dashboard.Components.Pages;

/// <summary>One run, live: what it shows comes from the store and from the run's updates, so every browser and every reload shows the same.</summary>
public sealed partial class RunPage(IRuns application, IRunFiling filing, MetricNames names, DialogService dialogs, Handover handover) : LivePage
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private RunPageModel? model;
    private CurveSource? source;
    private Error? error;
    private Error? refusal;
    private bool isBusy;
    private bool isInteractive;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    [SupplyParameterFromQuery]
    private string? Metrics { get; set; }

    [SupplyParameterFromQuery]
    private string? Shown { get; set; }

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Format { get; set; }

    /// <summary>The artifact that is shown.</summary>
    [SupplyParameterFromQuery]
    private string? File { get; set; }

    private bool IsTracked => model?.Details.Summary.Kind == RunKind.Tracked;

    private string CurrentTab => Tabs.Any(tab => tab.Key == Tab) ? Tab! : IsTracked ? "overview" : model is { Status: RunStatus.Completed, Details.Result: not null } ? "results" : "curves";

    private TabLink[] Tabs => IsTracked
        ? [Link("overview", "Overview"), Link("curves", "Curves"), Link("artifacts", "Artifacts"), Link("log", "Log")]
        :
        [
            Link("curves", "Curves"), Link("results", "Results"), Link("overview", "Overview"), Link("artifacts", "Artifacts"), Link("log", "Log"),
            .. model?.Details.Definition is null ? (TabLink[])[] : [Link("definition", "Definition")],
        ];

    private TabLink Link(string key, string title) => new(key, title, $"runs/{Id}?tab={key}");

    private static string KindText(RunKind kind) => kind switch
    {
        RunKind.MultiTask => "Multi-task run",
        RunKind.Baseline => "Single-task baseline",
        RunKind.Tracked => "Logged by a client",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    protected override async Task OnParametersSetAsync()
    {
        if (model?.Details.Summary.Id == Id)
            return;
        (model, error) = (null, null);
        var read = await handover.ReadAsync(RendererInfo, $"run:{Id}", ReadAsync);
        error = read.Error;
        if (read.IsSuccess)
            (model, source) = (read.Value, new CurveSource(key => CurveData.Of(read.Value.Points(key))));
        if (isInteractive && model is { } shown)
            Begin(token => WatchAsync(shown, token));
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        isInteractive = true;
        if (model is { } shown)
            Begin(token => WatchAsync(shown, token));
    }

    private static string CommandIcon(RunCommand command) => command switch
    {
        RunCommand.Pause => "pause",
        RunCommand.Resume => "play",
        _ => "x",
    };

    /// <summary><c>name/3</c> as it stands in the API's addresses.</summary>
    private static string VersionAddress(string model)
    {
        var slash = model.LastIndexOf('/');
        return $"{Uri.EscapeDataString(model[..slash])}/versions/{model[(slash + 1)..]}";
    }

    private async Task<Result<RunPageModel>> ReadAsync()
    {
        var details = await application.GetAsync(Id, Gone);
        if (!details.IsSuccess)
            return details.Error;
        var histories = await application.MetricsAsync(Id, cancellation: Gone);
        var log = await application.LogAsync(Id, limit: RunPageModel.MaximumLines, cancellation: Gone);
        return new RunPageModel(details.Value, histories.IsSuccess ? histories.Value : new Dictionary<string, IReadOnlyList<Tracking.Metrics.MetricPoint>>(), log.IsSuccess ? log.Value : []);
    }

    /// <summary>Follows the run to its end, and what comes after it: the exported model, and Δm once the baseline is there.</summary>
    private async Task WatchAsync(RunPageModel shown, CancellationToken token)
    {
        while (!shown.Status.IsFinal() && shown == model)
        {
            await foreach (var update in application.WatchAsync(Id, shown.WatchAfterStep, shown.WatchAfterLine, token))
            {
                if (shown != model)
                    return;
                var change = shown.Fold(update);
                StateHasChanged();
                if (!change.IsEmpty)
                    await source!.PublishAsync(change);
            }

            if (shown.Status.IsFinal())
                break;

            // What is followed ends, too, when who looks at it is signed out or may no longer see it.
            if (await application.GetAsync(Id, token) is { IsSuccess: false, Error: var refusal })
            {
                (model, error) = (null, refusal);
                StateHasChanged();
                return;
            }

            await Task.Delay(Pause, Time, token);
        }

        await RenewAsync(shown);
        while (shown == model && shown.AwaitsMore)
        {
            await Task.Delay(Pause, Time, token);
            await RenewAsync(shown);
        }
    }

    private async Task RenewAsync(RunPageModel shown)
    {
        if (await application.GetAsync(shown.Details.Summary.Id, Gone) is { IsSuccess: true } details)
            shown.Renew(details.Value);
        StateHasChanged();
    }

    private async Task<Error?> RenameAsync(string name)
    {
        var renamed = await filing.RenameAsync(Id, name, Gone);
        if (renamed.IsSuccess && model is { } shown)
            await RenewAsync(shown);
        return renamed.Error;
    }

    private async Task AskAsync(RunCommand command)
    {
        if (command == RunCommand.Cancel && await dialogs.Confirm(
            "Training stops and can't be taken up again. What was measured stays.", "Cancel this run?", new ConfirmOptions { OkButtonText = "Cancel the run", CancelButtonText = "Keep it" }) != true)
            return;
        isBusy = true;
        var asked = command switch
        {
            RunCommand.Pause => await application.PauseAsync(Id, Gone),
            RunCommand.Resume => await application.ResumeAsync(Id, Gone),
            _ => await application.CancelAsync(Id, Gone),
        };
        (isBusy, refusal) = (false, asked.Error);
        if (model is { } shown)
            await RenewAsync(shown);
    }
}
