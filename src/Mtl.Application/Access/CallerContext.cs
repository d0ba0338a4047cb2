using System.Net;
using Mtl.Application.People;
using Mtl.Core;

namespace Mtl.Application.Access;

/// <summary>Who calls within one request or dashboard circuit: transports present what they found, use cases ask <see cref="IAccess"/>. Thread-safe.</summary>
public sealed class CallerContext(IAuthentication authentication, PeopleOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private Credential credential = Credential.None;
    private IPAddress? address;
    private Caller caller = Caller.Anonymous;
    private DateTimeOffset? identifiedAt;

    /// <summary>As last looked up.</summary>
    public Caller Caller
    {
        get
        {
            lock (gate)
                return caller;
        }
    }

    /// <summary>The request's id, as in log and errors; empty without one.</summary>
    public string RequestId { get; private set; } = "";

    /// <summary>Whether the request came from the server's own machine.</summary>
    public bool IsLocal => address is not null && IPAddress.IsLoopback(address);

    /// <summary>Takes what a transport found, and looks up whom it proves; an error when it is wrong, after which the caller is nobody.</summary>
    public async Task<Error?> PresentAsync(Credential found, IPAddress? from, string requestId, CancellationToken cancellation = default)
    {
        (credential, address, RequestId) = (found, from, requestId);
        return await IdentifyAsync(cancellation);
    }

    /// <summary>The caller, looked up again when that was too long ago: an account may have been disabled since.</summary>
    public async Task<Caller> FreshAsync(CancellationToken cancellation)
    {
        bool isFresh;
        lock (gate)
            isFresh = identifiedAt is { } then && time.GetUtcNow() - then < options.CallerFreshness;
        if (!isFresh)
            await IdentifyAsync(cancellation);
        return Caller;
    }

    private async Task<Error?> IdentifyAsync(CancellationToken cancellation)
    {
        var from = address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : address;
        var sender = from?.ToString() ?? "";
        var found = await authentication.IdentifyAsync(credential, sender, cancellation);
        lock (gate)
        {
            // Whoever sends something wrong is nobody, but counts as their address.
            caller = found.IsSuccess ? found.Value : Caller.Anonymous with { Address = sender, Quota = Authentication.QuotaOf(sender) };
            identifiedAt = time.GetUtcNow();
        }

        return found.Error;
    }
}
