using System.Text.Json.Nodes;
using Mtl.Application.Collaboration.Webhooks;
using Mtl.Core;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Collaboration;

public sealed class WebhookServiceTests : IAsyncLifetime
{
    private const string Yes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string No = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private Application application = null!;

    private IWebhooks Webhooks => application.Get<IWebhooks>();

    public async ValueTask InitializeAsync() => application = await Application.StartAsync();

    public ValueTask DisposeAsync() => application.DisposeAsync();

    [Fact]
    public async Task A_run_that_ends_is_told_with_a_signature_that_the_secret_makes()
    {
        using var receiver = new Receiver(Yes);
        var made = (await Webhooks.AddAsync(Draft(receiver))).Value;

        await EndRunAsync(RunStatus.Failed, "It broke.");

        var request = await receiver.RequestAsync();
        var body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var payload = JsonNode.Parse(body)!;
        ((string)payload["type"]!).ShouldBe("run.failed");
        ((string)payload["data"]!["run"]!["id"]!).ShouldBe("r");
        ((string)payload["data"]!["run"]!["failure"]!).ShouldBe("It broke.");
        ((string)payload["data"]!["experiment"]!["name"]!).ShouldBe("houses");
        Header(request, "webhook-signature").ShouldBe(WebhookSignature.Sign(made.Secret, Header(request, "webhook-id"), long.Parse(Header(request, "webhook-timestamp"), System.Globalization.CultureInfo.InvariantCulture), body));
        await UntilAsync(made.Webhook.Id, DeliveryStatus.Delivered);
    }

    [Fact]
    public async Task What_does_not_arrive_is_sent_again_as_the_same_delivery()
    {
        using var receiver = new Receiver(No, Yes);
        var made = (await Webhooks.AddAsync(Draft(receiver))).Value;

        await EndRunAsync(RunStatus.Completed);

        Header(await receiver.RequestAsync(), "webhook-id").ShouldBe(Header(await receiver.RequestAsync(), "webhook-id"));
        var delivery = await UntilAsync(made.Webhook.Id, DeliveryStatus.Delivered);
        (delivery.Attempts, delivery.Outcome).ShouldBe((2, "The receiver answered 200."));
    }

    [Fact]
    public async Task What_never_arrives_is_given_up_and_sent_again_when_asked_for()
    {
        using var receiver = new Receiver(No, No, No, Yes);
        var made = (await Webhooks.AddAsync(Draft(receiver))).Value;

        await EndRunAsync(RunStatus.Completed);

        var dead = await UntilAsync(made.Webhook.Id, DeliveryStatus.Dead);
        (dead.Attempts, dead.Outcome).ShouldBe((3, "The receiver answered 500."));
        (await Webhooks.RedeliverAsync(dead.Id)).Value.Status.ShouldBe(DeliveryStatus.Waiting);
        (await UntilAsync(made.Webhook.Id, DeliveryStatus.Delivered)).Id.ShouldBe(dead.Id);
    }

    [Fact]
    public async Task Another_experiments_webhook_is_not_told()
    {
        using var receiver = new Receiver(Yes);
        await AddExperimentAsync("other");
        var other = (await Webhooks.AddAsync(Draft(receiver) with { ExperimentId = "other" })).Value;
        var all = (await Webhooks.AddAsync(Draft(receiver) with { Name = "all" })).Value;

        await EndRunAsync(RunStatus.Completed);

        await UntilAsync(all.Webhook.Id, DeliveryStatus.Delivered);
        (await Webhooks.DeliveriesAsync(other.Webhook.Id)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_lies_encrypted()
    {
        using var receiver = new Receiver(Yes);
        var made = (await Webhooks.AddAsync(Draft(receiver))).Value;
        var renewed = (await Webhooks.RenewSecretAsync(made.Webhook.Id)).Value;

        renewed.Secret.ShouldNotBe(made.Secret);
        var stored = (await application.Platform.Storage.Webhooks.GetAsync(made.Webhook.Id)).Value.ProtectedSecret;
        stored.ShouldNotContain(renewed.Secret["whsec_".Length..]);
        stored.ShouldNotContain("whsec_");
        (await Webhooks.ListAsync()).Value.Single().ShouldBeOfType<WebhookInfo>().Name.ShouldBe("hook");
    }

    [Fact]
    public async Task A_webhook_can_be_tried_changed_and_removed()
    {
        using var receiver = new Receiver(Yes);
        var made = (await Webhooks.AddAsync(Draft(receiver))).Value;

        (await Webhooks.PingAsync(made.Webhook.Id)).IsSuccess.ShouldBeTrue();
        (await receiver.RequestAsync()).ShouldContain("\"type\":\"ping\"");
        (await Webhooks.UpdateAsync(made.Webhook.Id, Draft(receiver) with { Name = " off ", IsActive = false })).Value.ShouldSatisfyAllConditions(
            info => info.Name.ShouldBe("off"),
            info => info.IsActive.ShouldBeFalse());
        (await Webhooks.RemoveAsync(made.Webhook.Id)).Value.ShouldBeTrue();
        (await Webhooks.PingAsync(made.Webhook.Id)).Error.ShouldBe(Error.NotFound($"There is no webhook '{made.Webhook.Id}'.", "List the webhooks to see which exist."));
    }

    [Theory]
    [InlineData("", "https://example.org/", "run.failed", "The webhook's name is empty.")]
    [InlineData("x", "gopher://example.org/", "run.failed", "A webhook can't be sent to 'gopher:'; http and https are possible.")]
    [InlineData("x", "http://169.254.169.254/", "run.failed", "The webhook can't be sent to 169.254.169.254: 169.254.169.254 is a link-local network.")]
    [InlineData("x", "https://example.org/", "run.started", "'run.started' is no event of webhooks; there are run.finished, run.failed, run.cancelled, model.alias_moved.")]
    [InlineData("x", "https://example.org/", "", "The webhook is to be told of nothing.")]
    public async Task A_webhook_that_can_not_be_is_refused(string name, string url, string told, string message) =>
        (await Webhooks.AddAsync(new WebhookDraft(name, url, told.Split(' ', StringSplitOptions.RemoveEmptyEntries)))).Error!.Message.ShouldBe(message);

    private static WebhookDraft Draft(Receiver receiver) => new("hook", receiver.Address.ToString(), WebhookEvent.All);

    private static string Header(string request, string name) =>
        request.Split("\r\n").First(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    private async Task AddExperimentAsync(string id) =>
        (await application.Platform.Storage.Experiments.AddAsync(new Experiment(id, id == "e" ? "houses" : id, null, Noon, Noon, false, 0))).IsSuccess.ShouldBeTrue();

    private async Task EndRunAsync(RunStatus end, string failure = "")
    {
        var stores = application.Platform.Storage;
        await AddExperimentAsync("e");
        var run = (await stores.Runs.AddAsync(new Run("r", "e", "first", RunKind.Tracked, null, Noon) { Status = RunStatus.Running })).Value;
        (await stores.Runs.UpdateAsync(run with { Status = end, Failure = failure, EndedAt = Noon })).IsSuccess.ShouldBeTrue();
    }

    /// <summary>Waits for the webhook's delivery to come to that state.</summary>
    private async Task<WebhookDelivery> UntilAsync(string webhookId, DeliveryStatus status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if ((await Webhooks.DeliveriesAsync(webhookId, status, cancellation: patience.Token)).Value is [var delivery, ..])
                return delivery;
            await Task.Yield();
        }
    }
}
