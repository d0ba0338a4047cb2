using System.Net;
using System.Net.Sockets;

namespace Mtl.Application.Access;

/// <summary>What counts as one address for limits.</summary>
internal static class AddressKey
{
    private const int NetworkBytes = 8;

    /// <summary>The address; of IPv6 its network (/64), as whoever has one address of it has all.</summary>
    public static string Of(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(parsed))
            return address;
        return $"{new IPAddress([.. parsed.GetAddressBytes().Take(NetworkBytes), .. new byte[NetworkBytes]])}/64";
    }
}
