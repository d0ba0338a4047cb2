using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Application.Collaboration.Tables;

/// <summary>A run in a table, with everything that a column can show.</summary>
/// <param name="Owner">Who started it; empty when nobody was signed in.</param>
/// <param name="Metrics">The last value of each key.</param>
/// <param name="ArchivedAt">Null for a live run.</param>
public sealed record RunTableRow(
    string Id,
    string Name,
    RunKind Kind,
    RunStatus Status,
    string Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? ArchivedAt,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The attributes that a column can show, by the names of MLflow's filters.</summary>
    private static readonly Dictionary<string, Func<RunTableRow, string>> Attributes = new()
    {
        ["run_id"] = row => row.Id,
        ["run_name"] = row => row.Name,
        ["status"] = row => ProtocolStatus.Of(row.Status),
        ["user_id"] = row => row.Owner,
        ["start_time"] = row => CsvText.Time(row.StartedAt),
        ["end_time"] = row => CsvText.Time(row.EndedAt),
        ["duration"] = row => CsvText.Number(row.Duration?.TotalSeconds),
    };

    /// <summary>Between start and end; null before the end.</summary>
    public TimeSpan? Duration => EndedAt - StartedAt;

    public static IReadOnlyCollection<string> AttributeNames => Attributes.Keys;

    /// <summary>The cell of a column as text, in full precision; empty where the run has no such key.</summary>
    public string Text(ColumnKey column) => column.Field switch
    {
        SearchField.Metric => Metrics.TryGetValue(column.Key, out var value) ? CsvText.Number(value) : "",
        SearchField.Parameter => Parameters.GetValueOrDefault(column.Key, ""),
        SearchField.Tag => Tags.GetValueOrDefault(column.Key, ""),
        SearchField.Attribute => Attributes.TryGetValue(column.Key, out var read) ? read(this) : "",
        _ => "",
    };
}
