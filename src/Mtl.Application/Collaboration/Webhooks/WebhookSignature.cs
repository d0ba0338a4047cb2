using System.Security.Cryptography;
using System.Text;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>
/// Signs deliveries as the Standard Webhooks specification has it (standardwebhooks.com), for which receivers have libraries in most languages: the header <c>webhook-signature</c> is
/// <c>v1,</c> and the base 64 of HMAC-SHA256 over <c>{webhook-id}.{webhook-timestamp}.{body}</c>; the time is in seconds since 1970 and a receiver refuses what is older than a few minutes.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";

    public const string TimestampHeader = "webhook-timestamp";

    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>A new secret: <c>whsec_</c> and 32 random bytes in base 64.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string Sign(string secret, string id, long unixSeconds, string body)
    {
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{unixSeconds}.{body}")))}";
    }
}
