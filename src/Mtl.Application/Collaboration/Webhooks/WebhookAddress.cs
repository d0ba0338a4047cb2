using System.Net;
using Mtl.Core;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>Checks the address of a webhook as far as its text can be judged.</summary>
internal static class WebhookAddress
{
    private const int MostCharacters = 2000;

    private const string Advice = "Give an address such as https://example.org/hooks/mtl.";

    public static Result<Uri> Parse(string text, WebhookOptions options)
    {
        if (text.Length > MostCharacters)
            return Refuse($"The webhook's address has {text.Length} characters; at most {MostCharacters} are allowed.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            return Refuse($"'{text}' is not a whole address.");
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            return Refuse($"A webhook can't be sent to '{address.Scheme}:'; http and https are possible.");
        if (address.UserInfo.Length > 0)
            return Refuse("The webhook's address holds a user name or password, which would be shown to everybody who sees the webhook.");
        return IPAddress.TryParse(address.IdnHost, out var host) && AddressRules.Refuse(host, options) is { } reason
            ? Error.Invalid($"The webhook can't be sent to {address.Host}: {reason}.", Advice, "url")
            : address;
    }

    private static Error Refuse(string message) => Error.Invalid(message, Advice, "url");
}
