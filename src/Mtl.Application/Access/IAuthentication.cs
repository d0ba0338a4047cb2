using Mtl.Core;

namespace Mtl.Application.Access;

/// <summary>Finds out who calls. Thread-safe.</summary>
public interface IAuthentication
{
    /// <summary>
    /// The caller that a credential proves; <see cref="Caller.Anonymous"/> without one, or with a session that is over; <see cref="ErrorKind.Unauthenticated"/> for a wrong one. While the
    /// platform is open, everyone is <see cref="Caller.Open"/>, whatever they send.
    /// </summary>
    Task<Result<Caller>> IdentifyAsync(Credential credential, string address, CancellationToken cancellation = default);

    /// <summary>Whether everything is allowed to everyone: on the loopback address while there is no user.</summary>
    Task<bool> IsOpenAsync(CancellationToken cancellation = default);
}
