using Mtl.Core;

namespace Mtl.Application.Access;

/// <summary>A platform without accounts: whoever reaches it may do everything.</summary>
internal sealed class OpenAccess : IAccess
{
    public Caller Caller => Caller.Open;

    public Task<Error?> RefuseAsync(Permission needed, Resource resource, CancellationToken cancellation = default) => Task.FromResult<Error?>(null);

    public Task<Func<string, bool>> ReadableAsync(ResourceKind kind, CancellationToken cancellation = default) => Task.FromResult<Func<string, bool>>(_ => true);
}
