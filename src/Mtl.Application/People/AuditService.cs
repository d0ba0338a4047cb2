using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <inheritdoc cref="IAudit"/>
internal sealed class AuditService(IAccess access, IAuditStore store) : IAudit
{
    private const int MostEntries = 1000;

    public async Task<Result<IReadOnlyList<AuditEntry>>> ReadAsync(AuditFilter filter, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Manage, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        return Result.Of(await store.ReadAsync(filter with { Limit = Math.Clamp(filter.Limit, 1, MostEntries) }, cancellation));
    }
}
