using Dapper;
using Mtl.Tracking.Runs;

namespace Mtl.Storage.Relational;

internal sealed class LogStore(IDatabase database) : ILogStore
{
    public Task AppendAsync(string runId, IReadOnlyList<LogLine> lines, CancellationToken cancellation = default) => lines.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(
            connection =>
            {
                // The row of the run is locked until the transaction ends, so nobody else gets the same numbers.
                var last = connection.ExecuteScalar<long>(
                    "UPDATE runs SET log_sequence = log_sequence + @count WHERE id = @runId RETURNING log_sequence", new { runId, count = lines.Count });
                return connection.Execute(
                    "INSERT INTO log_lines (run_id, sequence, step, time, severity, message) VALUES (@RunId, @Sequence, @Step, @Time, @Severity, @Message)",
                    lines.Select((line, i) => new
                    {
                        RunId = runId,
                        Sequence = last - lines.Count + 1 + i,
                        line.Step,
                        Time = line.Time.UtcTicks,
                        Severity = $"{line.Severity}",
                        line.Message,
                    }));
            },
            cancellation);

    public Task<IReadOnlyList<LogLine>> ReadAsync(string runId, long afterSequence = 0, int limit = 1000, CancellationToken cancellation = default) =>
        database.ReadAsync<IReadOnlyList<LogLine>>(
            connection => [.. connection.Query<Row>(
                    """
                    SELECT sequence, step, time, severity, message FROM log_lines
                    WHERE run_id = @runId AND sequence > @afterSequence
                    ORDER BY sequence LIMIT @limit
                    """,
                    new { runId, afterSequence, limit })
                .Select(row => row.ToLine())],
            cancellation);

    private sealed class Row
    {
        public required long Sequence { get; init; }

        public required long Step { get; init; }

        public required long Time { get; init; }

        public required string Severity { get; init; }

        public required string Message { get; init; }

        public LogLine ToLine() => new(Sequence, Step, Time.ToTime(), Enum.Parse<LogSeverity>(Severity), Message);
    }
}
