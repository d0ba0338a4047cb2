using System.Data.Common;
using Dapper;

namespace Mtl.Storage.Relational;

/// <summary>The number that stands for a run in the large tables.</summary>
internal static class RunNumber
{
    /// <summary>Null when there is no such run.</summary>
    public static long? Of(DbConnection connection, string runId) => connection.ExecuteScalar<long?>("SELECT no FROM runs WHERE id = @runId", new { runId });
}
