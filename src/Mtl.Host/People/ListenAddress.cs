namespace Mtl.Host.People;

/// <summary>Addresses that a server listens on.</summary>
internal static class ListenAddress
{
    /// <summary>The address under which this machine itself reaches a server: that of every network is none to go to.</summary>
    public static Uri Reachable(Uri listening) => listening.Host switch
    {
        "0.0.0.0" => new UriBuilder(listening) { Host = "127.0.0.1" }.Uri,
        "[::]" => new UriBuilder(listening) { Host = "[::1]" }.Uri,
        _ => listening,
    };
}
