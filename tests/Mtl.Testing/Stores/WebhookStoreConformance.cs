using Mtl.Core;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IWebhookStore</c> must hold, with the events that the other stores leave it.</summary>
public abstract class WebhookStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task A_webhook_is_kept_changed_and_removed()
    {
        (await Stores.Webhooks.AddAsync(NewWebhook("w"))).IsSuccess.ShouldBeTrue();
        ShouldBeSame((await Stores.Webhooks.GetAsync("w")).Value, NewWebhook("w"));
        (await Stores.Webhooks.AddAsync(NewWebhook("w"))).Error!.Message.ShouldBe("The webhook 'w' exists already.");

        var changed = NewWebhook("w") with { Name = "other", Url = "https://example.org/2", Events = [WebhookEvent.RunFailed], ExperimentId = "e", Model = "m", ProtectedSecret = "s2", IsActive = false };
        (await Stores.Webhooks.UpdateAsync(changed)).IsSuccess.ShouldBeTrue();
        ShouldBeSame((await Stores.Webhooks.ListAsync()).Single(), changed);

        (await Stores.Webhooks.RemoveAsync("w")).Value.ShouldBeTrue();
        (await Stores.Webhooks.GetAsync("w")).Error.ShouldBe(Error.NotFound("There is no webhook 'w'.", "List the webhooks to see which exist."));
        (await Stores.Webhooks.UpdateAsync(changed)).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await Stores.Webhooks.RemoveAsync("w")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Theory]
    [InlineData(RunStatus.Completed, WebhookEvent.RunFinished)]
    [InlineData(RunStatus.Failed, WebhookEvent.RunFailed)]
    [InlineData(RunStatus.Cancelled, WebhookEvent.RunCancelled)]
    public async Task A_run_that_ends_leaves_one_event(RunStatus end, string kind)
    {
        await AddRunsAsync("r");
        await Stores.Webhooks.AddAsync(NewWebhook("w"));
        var run = (await Stores.Runs.GetAsync("r")).Value;

        run = (await Stores.Runs.UpdateAsync(run with { Status = RunStatus.Running })).Value;
        (await Stores.Webhooks.EventsAsync(10)).ShouldBeEmpty();
        run = (await Stores.Runs.UpdateAsync(run with { Status = end })).Value;
        await Stores.Runs.UpdateAsync(run with { Name = "renamed", DeletedAt = Noon });

        var left = (await Stores.Webhooks.EventsAsync(10)).ShouldHaveSingleItem();
        (left.Kind, left.Subject, left.Detail, left.Version).ShouldBe((kind, "r", "", null));
    }

    [Fact]
    public async Task An_alias_that_moves_leaves_an_event_and_one_that_stays_does_not()
    {
        await AddRunsAsync("r1", "r2");
        foreach (var run in new[] { "r1", "r2" })
            await Stores.Models.AddAsync(new ModelVersion("m", 0, run, "model.onnx", 0, "ab", Noon));
        await Stores.Models.SetAliasAsync("m", "early", 1);
        await Stores.Webhooks.AddAsync(NewWebhook("w"));

        await Stores.Models.SetAliasAsync("m", "production", 1);
        await Stores.Models.SetAliasAsync("m", "production", 2);
        await Stores.Models.SetAliasAsync("m", "production", null);

        (await Stores.Webhooks.EventsAsync(10)).Select(left => (left.Kind, left.Subject, left.Detail, left.Version))
            .ShouldBe([(WebhookEvent.AliasMoved, "m", "production", 1), (WebhookEvent.AliasMoved, "m", "production", 2)]);
    }

    [Fact]
    public async Task Without_an_active_webhook_nothing_is_left()
    {
        await AddRunsAsync("r");
        await Stores.Webhooks.AddAsync(NewWebhook("w") with { IsActive = false });

        await Stores.Runs.UpdateAsync((await Stores.Runs.GetAsync("r")).Value with { Status = RunStatus.Completed });

        (await Stores.Webhooks.EventsAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_becomes_deliveries_once()
    {
        await AddRunsAsync("r");
        await Stores.Webhooks.AddAsync(NewWebhook("w"));
        await Stores.Runs.UpdateAsync((await Stores.Runs.GetAsync("r")).Value with { Status = RunStatus.Completed });
        var sequence = (await Stores.Webhooks.EventsAsync(10)).Single().Sequence;

        (await Stores.Webhooks.DispatchAsync(sequence, [NewDelivery("d1"), NewDelivery("lost") with { WebhookId = "gone" }])).ShouldBeTrue();
        (await Stores.Webhooks.DispatchAsync(sequence, [NewDelivery("d2")])).ShouldBeFalse();

        (await Stores.Webhooks.EventsAsync(10)).ShouldBeEmpty();
        (await Stores.Webhooks.DeliveriesAsync(null, null, 10)).ShouldBe([NewDelivery("d1")]);
        (await Stores.Webhooks.GetDeliveryAsync("d1")).Value.ShouldBe(NewDelivery("d1"));
        (await Stores.Webhooks.GetDeliveryAsync("d2")).Error.ShouldBe(Error.NotFound("There is no delivery 'd2'.", "List the webhook's deliveries to see which exist."));
    }

    [Fact]
    public async Task What_is_due_is_taken_once_and_is_due_again_when_its_taker_does_not_come_back()
    {
        await Stores.Webhooks.AddAsync(NewWebhook("w"));
        foreach (var (id, minutes) in new[] { ("d1", 0), ("d2", 0), ("later", 10) })
            await Stores.Webhooks.AddDeliveryAsync(NewDelivery(id) with { DueAt = Noon.AddMinutes(minutes) });

        (await Stores.Webhooks.TakeDueAsync(Noon.AddMinutes(-1), Noon, 10)).ShouldBeEmpty();
        var taken = await Stores.Webhooks.TakeDueAsync(Noon, Noon.AddMinutes(1), 10);
        taken.Select(delivery => (delivery.Id, delivery.Attempts, delivery.DueAt)).ShouldBe([("d1", 1, Noon.AddMinutes(1)), ("d2", 1, Noon.AddMinutes(1))], ignoreOrder: true);
        (await Stores.Webhooks.TakeDueAsync(Noon, Noon.AddMinutes(1), 10)).ShouldBeEmpty();

        await Stores.Webhooks.SettleAsync(taken.Single(delivery => delivery.Id == "d1") with { Status = DeliveryStatus.Delivered, Outcome = "The receiver answered 200." });
        (await Stores.Webhooks.TakeDueAsync(Noon.AddMinutes(2), Noon.AddMinutes(3), 10)).Select(delivery => (delivery.Id, delivery.Attempts)).ShouldBe([("d2", 2)]);
    }

    [Fact]
    public async Task Two_takers_never_get_the_same_delivery()
    {
        await Stores.Webhooks.AddAsync(NewWebhook("w"));
        string[] ids = [.. Enumerable.Range(0, 40).Select(i => $"d{i}")];
        foreach (var id in ids)
            await Stores.Webhooks.AddDeliveryAsync(NewDelivery(id));

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Stores.Webhooks.TakeDueAsync(Noon, Noon.AddMinutes(1), 40)));
        var rest = await Stores.Webhooks.TakeDueAsync(Noon, Noon.AddMinutes(1), 40);

        taken.Append(rest).SelectMany(some => some).Select(delivery => delivery.Id).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Deliveries_are_listed_by_webhook_and_state_the_newest_first()
    {
        await Stores.Webhooks.AddAsync(NewWebhook("w"));
        await Stores.Webhooks.AddAsync(NewWebhook("x"));
        foreach (var (id, webhook, status) in new[] { ("d1", "w", DeliveryStatus.Dead), ("d2", "x", DeliveryStatus.Dead), ("d3", "w", DeliveryStatus.Waiting), ("d4", "w", DeliveryStatus.Dead) })
            await Stores.Webhooks.AddDeliveryAsync(NewDelivery(id) with { WebhookId = webhook, Status = status });

        (await IdsAsync("w", null)).ShouldBe(["d4", "d3", "d1"]);
        (await IdsAsync("w", DeliveryStatus.Dead)).ShouldBe(["d4", "d1"]);
        (await IdsAsync(null, DeliveryStatus.Dead)).ShouldBe(["d4", "d2", "d1"]);
        (await Stores.Webhooks.DeliveriesAsync("w", null, 1, "d4")).Select(delivery => delivery.Id).ShouldBe(["d3"]);
        (await Stores.Webhooks.RemoveAsync("w")).Value.ShouldBeTrue();
        (await IdsAsync(null, null)).ShouldBe(["d2"]);
        (await Stores.Webhooks.AddDeliveryAsync(NewDelivery("d5"))).Error!.Message.ShouldBe("There is no webhook 'w'.");
    }

    [Fact]
    public async Task What_arrived_long_ago_is_forgotten_and_what_did_not_arrive_is_not()
    {
        await Stores.Webhooks.AddAsync(NewWebhook("w"));
        await Stores.Webhooks.AddDeliveryAsync(NewDelivery("old") with { Status = DeliveryStatus.Delivered });
        await Stores.Webhooks.AddDeliveryAsync(NewDelivery("dead") with { Status = DeliveryStatus.Dead });
        await Stores.Webhooks.AddDeliveryAsync(NewDelivery("new") with { Status = DeliveryStatus.Delivered, CreatedAt = Noon.AddDays(2) });

        (await Stores.Webhooks.ForgetAsync(Noon.AddDays(1))).ShouldBe(1);

        (await IdsAsync(null, null)).ShouldBe(["new", "dead"]);
    }

    private async Task<IEnumerable<string>> IdsAsync(string? webhookId, DeliveryStatus? status) => (await Stores.Webhooks.DeliveriesAsync(webhookId, status, 10)).Select(delivery => delivery.Id);

    private static void ShouldBeSame(Webhook actual, Webhook expected)
    {
        actual.Events.ShouldBe(expected.Events);
        (actual with { Events = [] }).ShouldBe(expected with { Events = [] });
    }

    private static Webhook NewWebhook(string id) => new(id, $"hook {id}", "https://example.org/hook", [WebhookEvent.RunFinished, WebhookEvent.AliasMoved], "", "", "closed", true, "ada", Noon);

    private static WebhookDelivery NewDelivery(string id) => new(id, "w", WebhookEvent.RunFinished, "{\"ü\":1}", DeliveryStatus.Waiting, 0, Noon, Noon, "");
}
