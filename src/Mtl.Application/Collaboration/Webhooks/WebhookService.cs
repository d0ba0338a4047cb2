using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Application.Collaboration.Webhooks;

/// <inheritdoc cref="IWebhooks"/>
internal sealed class WebhookService(IWebhookStore store, WebhookPayloads payloads, WebhookSecrets secrets, WebhookOptions options, IAccess access, IAuditTrail audit, TimeProvider time) : IWebhooks
{
    private const int MostListed = 500;

    public async Task<Result<IReadOnlyList<WebhookInfo>>> ListAsync(CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var mine = new List<WebhookInfo>();
        foreach (var webhook in await store.ListAsync(cancellation))
        {
            if (await RefuseAsync(webhook.ExperimentId, webhook.Model, cancellation) is null)
                mine.Add(Info(webhook));
        }

        return mine;
    }

    public async Task<Result<WebhookWithSecret>> AddAsync(WebhookDraft draft, CancellationToken cancellation = default)
    {
        if (Wrong(draft) is { } wrong)
            return wrong;
        if (await RefuseAsync(draft.ExperimentId, draft.Model, cancellation) is { } refusal)
            return refusal;
        var (now, secret) = (time.GetUtcNow(), WebhookSignature.NewSecret());
        var webhook = new Webhook(
            Guid.CreateVersion7(now).ToString("N"), draft.Name.Trim(), draft.Url, [.. draft.Events.Distinct()], draft.ExperimentId, draft.Model, secrets.Close(secret), draft.IsActive, access.Caller.Name, now);
        return (await NotedAsync("webhook.add", await store.AddAsync(webhook, cancellation))).Map(added => new WebhookWithSecret(Info(added), secret));
    }

    public async Task<Result<WebhookInfo>> UpdateAsync(string id, WebhookDraft draft, CancellationToken cancellation = default)
    {
        if (Wrong(draft) is { } wrong)
            return wrong;
        var found = await FindAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (await RefuseAsync(draft.ExperimentId, draft.Model, cancellation) is { } refusal)
            return refusal;
        var changed = found.Value with
        {
            Name = draft.Name.Trim(),
            Url = draft.Url,
            Events = [.. draft.Events.Distinct()],
            ExperimentId = draft.ExperimentId,
            Model = draft.Model,
            IsActive = draft.IsActive,
        };
        return (await NotedAsync("webhook.update", await store.UpdateAsync(changed, cancellation))).Map(Info);
    }

    public async Task<Result<WebhookWithSecret>> RenewSecretAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var secret = WebhookSignature.NewSecret();
        return (await NotedAsync("webhook.secret", await store.UpdateAsync(found.Value with { ProtectedSecret = secrets.Close(secret) }, cancellation))).Map(changed => new WebhookWithSecret(Info(changed), secret));
    }

    public async Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var removed = await store.RemoveAsync(id, cancellation);
        await NotedAsync("webhook.remove", found);
        return removed;
    }

    public async Task<Result<WebhookDelivery>> PingAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, cancellation);
        return found.IsSuccess ? await store.AddDeliveryAsync(payloads.Ping(found.Value), cancellation) : found.Error;
    }

    public async Task<Result<IReadOnlyList<WebhookDelivery>>> DeliveriesAsync(
        string id, DeliveryStatus? status = null, int limit = 50, string? after = null, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, cancellation);
        return found.IsSuccess ? Result.Of(await store.DeliveriesAsync(id, status, Math.Clamp(limit, 1, MostListed), after, cancellation)) : found.Error;
    }

    public async Task<Result<WebhookDelivery>> RedeliverAsync(string deliveryId, CancellationToken cancellation = default)
    {
        var delivery = await store.GetDeliveryAsync(deliveryId, cancellation);
        if (!delivery.IsSuccess)
            return delivery.Error;
        if ((await FindAsync(delivery.Value.WebhookId, cancellation)).Error is { } refusal)
            return refusal.Kind == ErrorKind.NotFound ? Error.NotFound($"There is no delivery '{deliveryId}'.", "List the webhook's deliveries to see which exist.") : refusal;
        var again = delivery.Value with { Status = DeliveryStatus.Waiting, Attempts = 0, DueAt = time.GetUtcNow(), Outcome = "" };
        await store.SettleAsync(again, cancellation);
        return again;
    }

    /// <summary>Notes a deed that was done.</summary>
    private async Task<Result<Webhook>> NotedAsync(string action, Result<Webhook> done)
    {
        if (done.IsSuccess)
            await audit.NoteAsync(action, detail: $"{done.Value.Name} to {done.Value.Url}");
        return done;
    }

    private async Task<Result<Webhook>> FindAsync(string id, CancellationToken cancellation)
    {
        var found = await store.GetAsync(id, cancellation);
        if (!found.IsSuccess)
            return await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } stranger ? stranger : found.Error;
        return await RefuseAsync(found.Value.ExperimentId, found.Value.Model, cancellation) is { } refusal
            ? refusal.Kind == ErrorKind.NotFound ? Error.NotFound($"There is no webhook '{id}'.", "List the webhooks to see which exist.") : refusal
            : found;
    }

    private async Task<Error?> RefuseAsync(string experimentId, string model, CancellationToken cancellation)
    {
        if (experimentId.Length == 0 && model.Length == 0)
            return await access.RefuseAsync(Permission.Manage, Resource.Platform, cancellation);
        if (experimentId.Length > 0 && await access.RefuseAsync(Permission.Manage, Resource.Experiment(experimentId), cancellation) is { } refusal)
            return refusal;
        return model.Length > 0 ? await access.RefuseAsync(Permission.Manage, Resource.RegisteredModel(model), cancellation) : null;
    }

    private Error? Wrong(WebhookDraft draft) => TextRules.RefuseName("webhook's name", draft.Name, "name")
        ?? WebhookAddress.Parse(draft.Url, options).Error
        ?? draft.Events switch
        {
            [] => Error.Invalid("The webhook is to be told of nothing.", $"Choose from {string.Join(", ", WebhookEvent.All)}.", "events"),
            var events when events.Except(WebhookEvent.All).FirstOrDefault() is { } unknown =>
                Error.Invalid($"'{unknown}' is no event of webhooks; there are {string.Join(", ", WebhookEvent.All)}.", field: "events"),
            _ => null,
        };

    private static WebhookInfo Info(Webhook webhook) => new(
        webhook.Id, webhook.Name, webhook.Url, webhook.Events, webhook.ExperimentId, webhook.Model, webhook.IsActive, webhook.CreatedBy, webhook.CreatedAt);
}
