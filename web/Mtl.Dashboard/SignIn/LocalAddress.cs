namespace Mtl.Dashboard.SignIn;

/// <summary>Addresses to go on to after a sign-in: on this site, and nowhere else, whoever wrote the link.</summary>
public static class LocalAddress
{
    public const string Home = "/";

    /// <summary>The address if it is a path of this site; the first page otherwise.</summary>
    public static string Of(string? address) => address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(character => char.IsControl(character) || character == '\\')
        && !address.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase)
        ? address
        : Home;
}
