using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Collaboration.Webhooks;
using Mtl.Application.Experiments;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Search;
using Radzen;

namespace Mtl.Dashboard.Components.Pages;

/// <summary>Webhooks that the reader manages, what was sent to them, and what was given up.</summary>
public sealed partial class WebhooksPage(IWebhooks application, IExperiments experimentList, DialogService dialogs, Handover handover) : LivePage
{
    private const int CsvPageSize = 100;

    private readonly HashSet<string> events = [WebhookEvent.RunFinished, WebhookEvent.RunFailed];
    private IReadOnlyList<WebhookInfo>? webhooks;
    private IReadOnlyList<WebhookDelivery> deliveries = [];
    private IReadOnlyList<ExperimentSummary> experiments = [];
    private WebhookWithSecret? made;
    private Error? error;
    private Error? refusal;
    private string name = "";
    private string url = "";
    private string experiment = "";
    private string model = "";

    /// <summary>The webhook whose deliveries are shown.</summary>
    [SupplyParameterFromQuery]
    private string? Hook { get; set; }

    /// <summary><c>dead</c> for those given up.</summary>
    [SupplyParameterFromQuery]
    private string? Status { get; set; }

    private DeliveryStatus? ShownStatus => Status == "dead" ? DeliveryStatus.Dead : null;

    private WebhookInfo? Chosen => webhooks?.FirstOrDefault(webhook => webhook.Id == Hook);

    protected override async Task OnInitializedAsync() => experiments = await handover.ReadAsync(RendererInfo, "experiments", () => experimentList.ListAsync(Gone));

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Every(TimeSpan.FromSeconds(3), LoadAsync);
    }

    private static string EventTitle(string told) => told switch
    {
        WebhookEvent.RunFinished => "A run has completed",
        WebhookEvent.RunFailed => "A run has failed",
        WebhookEvent.RunCancelled => "A run was cancelled",
        WebhookEvent.AliasMoved => "A model's alias has moved",
        _ => told,
    };

    private static string Word(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => "waiting",
        DeliveryStatus.Delivered => "delivered",
        DeliveryStatus.Dead => "given up",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static string Tone(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Delivered => "success",
        DeliveryStatus.Dead => "danger",
        _ => "info",
    };

    private async Task LoadAsync()
    {
        var listed = await handover.ReadAsync(RendererInfo, "webhooks", () => application.ListAsync(Gone));
        (webhooks, error) = listed.Match<(IReadOnlyList<WebhookInfo>?, Error?)>(list => (list, null), failure => (null, failure));
        deliveries = Chosen is { } chosen
            ? (await handover.ReadAsync(RendererInfo, "deliveries", () => application.DeliveriesAsync(chosen.Id, ShownStatus, cancellation: Gone))).Match(list => list, _ => [])
            : [];
    }

    private IEnumerable<IReadOnlyList<string>> Csv() => webhooks!.Select(webhook => (IReadOnlyList<string>)
    [
        webhook.Id, webhook.Name, webhook.Url, string.Join(' ', webhook.Events), webhook.ExperimentId, webhook.Model, webhook.IsActive ? "true" : "false", webhook.CreatedBy, CsvText.Time(webhook.CreatedAt),
    ]);

    /// <summary>All deliveries of the webhook that is shown, however many.</summary>
    private async Task<Result<Page<IReadOnlyList<string>>>> DeliveriesCsvAsync(string? token) => (await application.DeliveriesAsync(Hook!, ShownStatus, CsvPageSize, token, Gone))
        .Map(page => new Page<IReadOnlyList<string>>(
            [
                .. page.Select(delivery => (IReadOnlyList<string>)
                [
                    delivery.Id, delivery.Event, Word(delivery.Status), $"{delivery.Attempts}", delivery.Outcome, CsvText.Time(delivery.CreatedAt), CsvText.Time(delivery.DueAt), delivery.Payload,
                ]),
            ],
            page.Count > 0 ? page[^1].Id : null));

    private void Choose(string told, bool isChosen)
    {
        if (isChosen)
            events.Add(told);
        else
            events.Remove(told);
    }

    private async Task AddAsync()
    {
        var added = await application.AddAsync(new WebhookDraft(name, url.Trim(), [.. WebhookEvent.All.Where(events.Contains)], experiment, model.Trim()), Gone);
        refusal = added.Error;
        if (added.IsSuccess)
            (made, name, url) = (added.Value, "", "");
        await LoadAsync();
    }

    private async Task RenewAsync(WebhookInfo webhook)
    {
        if (await dialogs.Confirm($"Receivers of '{webhook.Name}' refuse what is signed with a secret they don't know yet.", "Make a new secret?", new ConfirmOptions { OkButtonText = "New secret", CancelButtonText = "Keep it" }) != true)
            return;
        var renewed = await application.RenewSecretAsync(webhook.Id, Gone);
        (made, refusal) = renewed.Match<(WebhookWithSecret?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private Task SwitchAsync(WebhookInfo webhook) =>
        DoAsync(() => application.UpdateAsync(webhook.Id, new WebhookDraft(webhook.Name, webhook.Url, webhook.Events, webhook.ExperimentId, webhook.Model, !webhook.IsActive), Gone));

    private async Task RemoveAsync(WebhookInfo webhook)
    {
        if (await dialogs.Confirm($"'{webhook.Name}' is told of nothing more, and what was sent to it is forgotten.", "Remove this webhook?", new ConfirmOptions { OkButtonText = "Remove", CancelButtonText = "Keep it" }) == true)
            await DoAsync(() => application.RemoveAsync(webhook.Id, Gone));
    }

    private Task PingAsync(WebhookInfo webhook) => DoAsync(() => application.PingAsync(webhook.Id, Gone));

    private Task RedeliverAsync(WebhookDelivery delivery) => DoAsync(() => application.RedeliverAsync(delivery.Id, Gone));

    private async Task DoAsync<T>(Func<Task<Result<T>>> action)
    {
        refusal = (await action()).Error;
        await LoadAsync();
    }
}
