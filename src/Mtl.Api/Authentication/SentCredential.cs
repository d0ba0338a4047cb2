using System.Text;
using Microsoft.AspNetCore.Http;
using Mtl.Application.Access;
using Mtl.Tracking.People;

namespace Mtl.Api.Authentication;

/// <summary>Finds on a request what proves who sends it: the Authorization header (Bearer, or Basic as MLflow's clients send it), else the session that the browser's cookie names.</summary>
public static class SentCredential
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    public static Credential Read(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 1)
            return new Credential.Unreadable();
        var sent = header.ToString().Trim();
        if (sent.Length > 0)
            return OfHeader(sent);
        return SessionClaims.SessionOf(context.User) is { } session ? new Credential.SessionId(session) : Credential.None;
    }

    private static Credential OfHeader(string sent)
    {
        if (sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return new Credential.Token(sent[Bearer.Length..].Trim());
        return sent.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && Decode(sent[Basic.Length..].Trim()) is { } pair && pair.IndexOf(':') is >= 0 and var colon
            ? OfPair(pair[..colon], pair[(colon + 1)..])
            : new Credential.Unreadable();
    }

    /// <summary>A token may be sent as the password of its owner's name, or of no name.</summary>
    private static Credential OfPair(string name, string secret) => TokenSecret.LooksLikeOne(secret)
        ? new Credential.Token(secret, name.Length == 0 ? null : name)
        : new Credential.Password(name, secret);

    private static string? Decode(string base64)
    {
        var bytes = new byte[(base64.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
