using Mtl.Application.Collaboration.Webhooks;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Application.Tests.Collaboration;

public sealed class WebhookSenderTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    private static readonly WebhookDelivery Delivery = new(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", "hook", WebhookEvent.RunFinished, "{\"test\": 2432232314}", DeliveryStatus.Waiting, 1, Now, Now, "");

    private static readonly WebhookOptions OnLoopback = new() { AllowsLoopback = true };

    [Fact]
    public void A_signature_is_that_of_the_specification() =>
        WebhookSignature.Sign(Secret, Delivery.Id, Now.ToUnixTimeSeconds(), Delivery.Payload).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Secrets_are_long_and_never_the_same()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => WebhookSignature.NewSecret()).ToArray();

        secrets.Distinct().Count().ShouldBe(100);
        secrets.ShouldAllBe(secret => secret.StartsWith("whsec_", StringComparison.Ordinal) && Convert.FromBase64String(secret.Substring(6)).Length == 32);
    }

    [Fact]
    public async Task A_delivery_arrives_whole_and_signed()
    {
        using var receiver = new Receiver("HTTP/1.1 204 No Content\r\n\r\n");
        using var sender = new WebhookSender(OnLoopback, new StoppedClock(Now));

        var sent = await sender.SendAsync(Delivery, receiver.Address, Secret, CancellationToken.None);

        sent.ShouldBe((true, "The receiver answered 204."));
        var request = await receiver.RequestAsync();
        request.ShouldStartWith("POST /hook HTTP/1.1\r\n");
        request.ShouldContain("webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek\r\n");
        request.ShouldContain("webhook-timestamp: 1614265330\r\n");
        request.ShouldContain("webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\r\n");
        request.ShouldEndWith("\r\n\r\n{\"test\": 2432232314}");
    }

    [Fact]
    public async Task An_answer_other_than_yes_is_a_failure_and_a_redirect_is_not_followed()
    {
        using var receiver = new Receiver("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        using var sender = new WebhookSender(OnLoopback, new StoppedClock(Now));

        (await sender.SendAsync(Delivery, receiver.Address, Secret, CancellationToken.None)).ShouldBe((false, "The receiver answered 307."));
    }

    [Fact]
    public async Task A_name_that_stands_for_this_machine_is_refused_when_it_is_connected_to()
    {
        using var receiver = new Receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var sender = new WebhookSender(new WebhookOptions(), new StoppedClock(Now));

        var (isDelivered, outcome) = await sender.SendAsync(Delivery, new UriBuilder(receiver.Address) { Host = "localhost" }.Uri, Secret, CancellationToken.None);

        isDelivered.ShouldBeFalse();
        outcome.ShouldMatch(@"^Not sent: localhost stands for an address that is not allowed; (127\.0\.0\.1|::1) is this machine\.$");
        receiver.HasConnection.ShouldBeFalse();
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_a_failure_in_words()
    {
        using var sender = new WebhookSender(OnLoopback, new StoppedClock(Now));
        Uri gone;
        using (var receiver = new Receiver(""))
            gone = receiver.Address;

        (await sender.SendAsync(Delivery, gone, Secret, CancellationToken.None)).ShouldBe((false, "The receiver can't be reached: ConnectionError."));
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_not_waited_for_long()
    {
        using var receiver = new Receiver((string?)null);
        using var sender = new WebhookSender(OnLoopback with { Timeout = TimeSpan.FromMilliseconds(300) }, new StoppedClock(Now));

        (await sender.SendAsync(Delivery, receiver.Address, Secret, CancellationToken.None)).ShouldBe((false, "The receiver did not answer within 0.3 s."));
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
