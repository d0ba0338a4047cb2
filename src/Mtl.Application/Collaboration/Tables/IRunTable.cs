using Mtl.Core;

namespace Mtl.Application.Collaboration.Tables;

/// <summary>Runs as a table: filtered by MLflow's language, ordered by any column, page by page however many there are.</summary>
public interface IRunTable
{
    Task<Result<RunTablePage>> PageAsync(RunTableQuery query, CancellationToken cancellation = default);

    /// <summary>Runs by their ids, in that order; those that are not there or not the caller's to see are left out.</summary>
    Task<IReadOnlyList<RunTableRow>> OfAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default);

    /// <summary>All pages as CSV, to be written to a stream. Columns in the order given behind the run's id and name; none given means every attribute, parameter, metric and tag that a run has.</summary>
    Task<Result<Func<Stream, CancellationToken, Task>>> CsvAsync(RunTableQuery query, IReadOnlyList<ColumnKey> columns, CancellationToken cancellation = default);
}
