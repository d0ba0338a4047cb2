using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>
/// Sends webhooks beside everything else. All that it knows is in the store, so a restart loses nothing; a delivery whose sender died is due again after a while. A receiver may get one twice
/// (its id says so), never none.
/// </summary>
internal sealed partial class WebhookDispatcher(
    IWebhookStore store, WebhookPayloads payloads, WebhookSecrets secrets, WebhookSender sender, WebhookOptions options, TimeProvider time, ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private const int EventsAtOnce = 100;

    private static readonly TimeSpan ForgetPeriod = TimeSpan.FromHours(1);

    private DateTimeOffset forgetAt = DateTimeOffset.MinValue;

    /// <summary>One round: events become deliveries, and what is due is sent. Gives back how many were sent.</summary>
    public async Task<int> RoundAsync(CancellationToken cancellation)
    {
        await ExpandAsync(cancellation);
        var now = time.GetUtcNow();
        var due = await store.TakeDueAsync(now, now + (2 * options.Timeout), options.Parallel, cancellation);
        if (due.Count > 0)
        {
            var webhooks = (await store.ListAsync(cancellation)).ToDictionary(webhook => webhook.Id);
            await Task.WhenAll(due.Select(delivery => AttemptAsync(delivery, webhooks.GetValueOrDefault(delivery.WebhookId), cancellation)));
        }

        if (now >= forgetAt)
        {
            await store.ForgetAsync(now - options.History, cancellation);
            forgetAt = now + ForgetPeriod;
        }

        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Period, time);
        do
        {
            try
            {
                while (await RoundAsync(stoppingToken) == options.Parallel)
                {
                    // There may be more that is due.
                }
            }
#pragma warning disable CA1031 // A store that can't be reached for a while must not end the sending for good.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogRoundFailed(e);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ExpandAsync(CancellationToken cancellation)
    {
        var events = await store.EventsAsync(EventsAtOnce, cancellation);
        if (events.Count == 0)
            return;
        var webhooks = await store.ListAsync(cancellation);
        foreach (var happened in events)
            await store.DispatchAsync(happened.Sequence, await payloads.DeliveriesAsync(happened, webhooks, cancellation), cancellation);
    }

    private async Task AttemptAsync(WebhookDelivery delivery, Webhook? webhook, CancellationToken cancellation)
    {
        var (isDelivered, outcome) = webhook is null
            ? (false, "The webhook was removed.")
            : await SendAsync(delivery, webhook, cancellation);
        var isOver = delivery.Attempts >= options.MaximumAttempts || webhook is null;
        await store.SettleAsync(
            delivery with
            {
                Status = isDelivered ? DeliveryStatus.Delivered : isOver ? DeliveryStatus.Dead : DeliveryStatus.Waiting,
                DueAt = time.GetUtcNow() + options.PauseAfter(delivery.Attempts),
                Outcome = outcome,
            },
            cancellation);
        if (!isDelivered && isOver)
            LogGivenUp(delivery.Id, delivery.WebhookId, delivery.Attempts, outcome);
    }

    private async Task<(bool IsDelivered, string Outcome)> SendAsync(WebhookDelivery delivery, Webhook webhook, CancellationToken cancellation)
    {
        var address = WebhookAddress.Parse(webhook.Url, options);
        if (!address.IsSuccess)
            return (false, address.Error.Message);
        return secrets.Open(webhook.ProtectedSecret) is { } secret
            ? await sender.SendAsync(delivery, address.Value, secret, cancellation)
            : (false, "The webhook's secret can't be read with this server's keys; give it a new one.");
    }

    [LoggerMessage(LogLevel.Warning, "A round of webhooks failed; the next one tries again.")]
    private partial void LogRoundFailed(Exception cause);

    [LoggerMessage(LogLevel.Warning, "The delivery {Delivery} to the webhook {Webhook} was given up after {Attempts} attempts: {Outcome}")]
    private partial void LogGivenUp(string delivery, string webhook, int attempts, string outcome);
}
