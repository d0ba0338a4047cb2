using System.Data.Common;

namespace Mtl.Storage.Relational;

/// <summary>
/// One relational database. Thread-safe. What keeps it from doing its work (it can't be reached, it has no room) is a <see cref="Tracking.StoreException"/>; other exceptions are bugs.
/// SQL written over it runs on every implementation; what can't is in <see cref="Dialect"/>.
/// </summary>
internal interface IDatabase : IDisposable
{
    Dialect Dialect { get; }

    /// <summary>Names the database without secrets.</summary>
    string Shown { get; }

    /// <summary>Runs <paramref name="read"/> on a connection of its own, off the caller's thread. All that it reads is of one moment.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellation);

    /// <summary>As <see cref="ReadAsync"/>, for a single statement: that is of one moment by itself, without a transaction about it.</summary>
    Task<T> QueryAsync<T>(Func<DbConnection, T> query, CancellationToken cancellation) => ReadAsync(query, cancellation);

    /// <summary>
    /// Runs <paramref name="write"/> as one transaction, off the caller's thread: on disk when the task completes, undone when it throws or gives back a failed <see cref="Core.Result{T}"/>.
    /// It may run again when another transaction came between, so it must do nothing but read and write the database; what a check can miss, a unique or foreign key has to catch.
    /// </summary>
    Task<T> WriteAsync<T>(Func<DbConnection, T> write, CancellationToken cancellation);
}
