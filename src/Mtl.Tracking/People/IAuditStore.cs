namespace Mtl.Tracking.People;

/// <summary>The audit log. Thread-safe. Nothing in it can be changed or removed; the database itself refuses that.</summary>
public interface IAuditStore
{
    Task AppendAsync(AuditEntry entry, CancellationToken cancellation = default);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditFilter filter, CancellationToken cancellation = default);
}
