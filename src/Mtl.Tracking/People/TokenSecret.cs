using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mtl.Tracking.People;

/// <summary>The secret part of a token: 256 random bits, with a prefix by which scanners of source code know it.</summary>
public static class TokenSecret
{
    public const string Prefix = "mtl_";

    private const int Bytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// SHA-256 in hexadecimal, by which a token is looked up. A secret of 256 random bits needs no slow hash; and as it is the hash that is compared, the time that a comparison takes
    /// tells nothing of the secret.
    /// </summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool LooksLikeOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);
}
