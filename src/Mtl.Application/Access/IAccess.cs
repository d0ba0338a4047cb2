using Mtl.Core;

namespace Mtl.Application.Access;

/// <summary>Who may do what: the one place of such decisions. One instance per request or dashboard circuit. Thread-safe.</summary>
public interface IAccess
{
    Caller Caller { get; }

    /// <summary>
    /// Null when the caller may; otherwise why not: <see cref="ErrorKind.Unauthenticated"/> when nobody is signed in, <see cref="ErrorKind.NotFound"/> where the caller may not even know of the
    /// thing, <see cref="ErrorKind.Forbidden"/> where it may see it but not do this. A thing that does not exist is not refused: the use case itself says that it is not there.
    /// </summary>
    Task<Error?> RefuseAsync(Permission needed, Resource resource, CancellationToken cancellation = default);

    /// <summary>For lists: whether the caller may read the thing of that kind and id.</summary>
    Task<Func<string, bool>> ReadableAsync(ResourceKind kind, CancellationToken cancellation = default);
}
