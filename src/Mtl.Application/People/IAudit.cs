using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>The audit log, for administrators.</summary>
public interface IAudit
{
    /// <summary>The newest first; the next page is asked for with the last entry's id as <see cref="AuditFilter.Before"/>.</summary>
    Task<Result<IReadOnlyList<AuditEntry>>> ReadAsync(AuditFilter filter, CancellationToken cancellation = default);
}
