using System.Net;
using System.Net.Sockets;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>
/// Which addresses the server sends to by itself. The first network of the table that holds an address says what it is; an address of none of them is public. A name is looked up when it is
/// connected to, and what it stands for is judged then, so that a name can't change its meaning in between.
/// </summary>
internal static class AddressRules
{
    private enum Reach
    {
        Loopback,
        Private,
        Never,
    }

    private static readonly (IPNetwork Network, Reach Reach, string Noun)[] Networks =
    [
        Row("127.0.0.0/8", Reach.Loopback, "this machine"),
        Row("::1/128", Reach.Loopback, "this machine"),
        Row("10.0.0.0/8", Reach.Private, "a private network"),
        Row("172.16.0.0/12", Reach.Private, "a private network"),
        Row("192.168.0.0/16", Reach.Private, "a private network"),
        Row("100.64.0.0/10", Reach.Private, "a carrier's network"),
        Row("198.18.0.0/15", Reach.Private, "a test network"),
        Row("fc00::/7", Reach.Private, "a private network"),
        Row("fec0::/10", Reach.Private, "a private network"),
        // Cloud providers answer there with the machine's own credentials.
        Row("169.254.0.0/16", Reach.Private, "a link-local network"),
        Row("fe80::/10", Reach.Private, "a link-local network"),
        Row("0.0.0.0/8", Reach.Never, "no address of a machine"),
        Row("::/128", Reach.Never, "no address of a machine"),
        Row("192.0.0.0/24", Reach.Never, "reserved"),
        Row("224.0.0.0/4", Reach.Never, "a multicast address"),
        Row("ff00::/8", Reach.Never, "a multicast address"),
        Row("240.0.0.0/4", Reach.Never, "reserved"),
    ];

    /// <summary>IPv6 addresses that carry an IPv4 address, and at which byte.</summary>
    private static readonly (IPNetwork Network, int Offset)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Why nothing is sent to the address, as the end of a sentence; null when it may be sent to.</summary>
    public static string? Refuse(IPAddress address, WebhookOptions options)
    {
        var plain = Unwrap(address);
        var (_, reach, noun) = Networks.FirstOrDefault(row => row.Network.BaseAddress.AddressFamily == plain.AddressFamily && row.Network.Contains(plain));
        var isAllowed = noun is null || (reach, options) switch
        {
            (Reach.Loopback, { AllowsLoopback: true }) => true,
            (Reach.Private, { AllowsPrivateAddresses: true }) => true,
            _ => false,
        };
        return isAllowed ? null : $"{address} is {noun}";
    }

    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        foreach (var (network, offset) in Carriers)
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6 && network.Contains(address))
                return new IPAddress(address.GetAddressBytes().AsSpan(offset, 4));
        }

        return address;
    }

    private static (IPNetwork Network, Reach Reach, string Noun) Row(string network, Reach reach, string noun) => (IPNetwork.Parse(network), reach, noun);
}
