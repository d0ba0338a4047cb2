using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>Keeps the secrets of webhooks encrypted at rest, under the server's data-protection keys.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("Mtl.Webhooks.Secret");

    public string Close(string secret) => protector.Protect(secret);

    /// <summary>The secret; null when these keys did not encrypt it.</summary>
    public string? Open(string closed)
    {
        try
        {
            return protector.Unprotect(closed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
