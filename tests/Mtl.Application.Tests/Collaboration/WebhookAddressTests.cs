using System.Net;
using Mtl.Application.Collaboration.Webhooks;

namespace Mtl.Application.Tests.Collaboration;

public sealed class WebhookAddressTests
{
    private static readonly WebhookOptions Strict = new();

    [Theory]
    [InlineData("127.0.0.1", "this machine")]
    [InlineData("127.9.9.9", "this machine")]
    [InlineData("::1", "this machine")]
    [InlineData("::ffff:127.0.0.1", "this machine")]
    [InlineData("10.1.2.3", "a private network")]
    [InlineData("172.31.255.255", "a private network")]
    [InlineData("192.168.0.1", "a private network")]
    [InlineData("::ffff:192.168.0.1", "a private network")]
    [InlineData("64:ff9b::c0a8:1", "a private network")]
    [InlineData("2002:c0a8:1::", "a private network")]
    [InlineData("fd00::1", "a private network")]
    [InlineData("169.254.169.254", "a link-local network")]
    [InlineData("fe80::1", "a link-local network")]
    [InlineData("100.64.0.1", "a carrier's network")]
    [InlineData("0.0.0.0", "no address of a machine")]
    [InlineData("::", "no address of a machine")]
    [InlineData("224.0.0.1", "a multicast address")]
    [InlineData("ff02::1", "a multicast address")]
    [InlineData("255.255.255.255", "reserved")]
    public void Nothing_is_sent_to_an_address_that_only_the_server_reaches(string address, string noun) =>
        AddressRules.Refuse(IPAddress.Parse(address), Strict).ShouldBe($"{IPAddress.Parse(address)} is {noun}");

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    public void A_public_address_may_be_sent_to(string address) => AddressRules.Refuse(IPAddress.Parse(address), Strict).ShouldBeNull();

    [Fact]
    public void Options_open_this_machine_and_private_networks_each_by_itself()
    {
        var (loopback, home) = (IPAddress.Loopback, IPAddress.Parse("192.168.0.1"));

        AddressRules.Refuse(loopback, Strict with { AllowsLoopback = true }).ShouldBeNull();
        AddressRules.Refuse(home, Strict with { AllowsLoopback = true }).ShouldNotBeNull();
        AddressRules.Refuse(loopback, Strict with { AllowsPrivateAddresses = true }).ShouldNotBeNull();
        AddressRules.Refuse(home, Strict with { AllowsPrivateAddresses = true }).ShouldBeNull();
        AddressRules.Refuse(IPAddress.Any, new WebhookOptions { AllowsLoopback = true, AllowsPrivateAddresses = true }).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("nowhere", "'nowhere' is not a whole address.")]
    [InlineData("ftp://example.org/", "A webhook can't be sent to 'ftp:'; http and https are possible.")]
    [InlineData("file:///etc/passwd", "A webhook can't be sent to 'file:'; http and https are possible.")]
    [InlineData("https://me:word@example.org/", "The webhook's address holds a user name or password, which would be shown to everybody who sees the webhook.")]
    [InlineData("http://127.0.0.1:5432/", "The webhook can't be sent to 127.0.0.1: 127.0.0.1 is this machine.")]
    [InlineData("http://2130706433/", "The webhook can't be sent to 127.0.0.1: 127.0.0.1 is this machine.")]
    [InlineData("http://0x7f.1/", "The webhook can't be sent to 127.0.0.1: 127.0.0.1 is this machine.")]
    [InlineData("http://[::ffff:a00:1]/", "The webhook can't be sent to [::ffff:10.0.0.1]: ::ffff:10.0.0.1 is a private network.")]
    public void An_address_that_can_not_be_is_refused_with_the_reason(string text, string message)
    {
        var parsed = WebhookAddress.Parse(text, Strict);

        parsed.Error.ShouldNotBeNull().Message.ShouldBe(message);
        parsed.Error.Field.ShouldBe("url");
    }

    [Fact]
    public void An_ordinary_address_is_taken() => WebhookAddress.Parse("https://example.org/hooks?x=1", Strict).Value.AbsoluteUri.ShouldBe("https://example.org/hooks?x=1");

    [Fact]
    public void Pauses_grow_up_to_a_bound() =>
        Enumerable.Range(1, 7).Select(attempt => (Strict with { LongestPause = TimeSpan.FromHours(1) }).PauseAfter(attempt).TotalSeconds).ShouldBe([10, 40, 160, 640, 2560, 3600, 3600]);
}
