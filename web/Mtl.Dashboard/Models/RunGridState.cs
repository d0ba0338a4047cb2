using Mtl.Application.Collaboration.Tables;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Models;

/// <summary>What the table of runs shows, as it stands in the address: filter, order, columns, live or archived, and where the page begins.</summary>
public sealed record RunGridState
{
    public const int PageSize = 50;

    /// <summary>How many metrics and how many parameters are shown where nobody has chosen.</summary>
    private const int UsualColumns = 4;

    /// <summary>Attributes that a column can show, beside the run's name, in the order of the list of columns.</summary>
    private static readonly (string Name, string Title)[] Attributes =
    [
        ("status", "Status"), ("start_time", "Started"), ("duration", "Duration"), ("user_id", "User"), ("end_time", "Ended"), ("run_id", "Run id"),
    ];

    private static readonly string[] Sortable = ["run_id", "run_name", "status", "user_id", "start_time", "end_time"];

    public string Filter { get; init; } = "";

    public ColumnKey? Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>Null: the usual ones.</summary>
    public IReadOnlyList<ColumnKey>? Columns { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public string? After { get; init; }

    public static IReadOnlyList<ColumnKey> AttributeColumns { get; } = [.. Attributes.Select(attribute => ColumnKey.Attribute(attribute.Name))];

    public static RunGridState Of(string? filter, string? sort, string? columns, string? archived, string? after) => new()
    {
        Filter = filter ?? "",
        Sort = sort is { Length: > 0 } ? ColumnKey.Parse(sort.TrimStart('-')) : null,
        IsDescending = sort?.StartsWith('-') == true,
        Columns = columns is null ? null : ColumnKey.ParseList(columns),
        IsArchived = archived == "true",
        After = after,
    };

    /// <summary>How long a run took; of one that still runs, how long it has so far (<c>2 h 1 min …</c>).</summary>
    public static string Duration(RunTableRow row, DateTimeOffset now) => row switch
    {
        { Duration: { } duration } => Formats.Duration(duration.TotalSeconds),
        { Status: RunStatus.Running, StartedAt: { } started } => $"{Formats.Duration(Math.Max(0, (now - started).TotalSeconds))} …",
        _ => "",
    };

    public RunTableQuery Query(string experimentId) => new(experimentId)
    {
        Filter = Filter, Sort = Sort, IsDescending = IsDescending, IsArchived = IsArchived, PageSize = PageSize, PageToken = After,
    };

    /// <summary>What stands in the address; what is as usual does not.</summary>
    public IReadOnlyDictionary<string, object?> Parameters() => new Dictionary<string, object?>
    {
        ["filter"] = Filter.Length == 0 ? null : Filter,
        ["sort"] = Sort is { } sort ? $"{(IsDescending ? "-" : "")}{sort}" : null,
        ["columns"] = Columns is null ? null : ColumnKey.ListText(Columns),
        ["archived"] = IsArchived ? "true" : null,
        ["after"] = After,
    };

    /// <summary>The state as a saved view keeps it, which begins at the first page.</summary>
    public string ViewQuery() => string.Join('&', (this with { After = null }).Parameters().Where(parameter => parameter.Value is not null)
        .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString($"{parameter.Value}")}"));

    /// <summary>The address of all runs as CSV, with the columns shown.</summary>
    public string CsvAddress(string experimentId, IEnumerable<ColumnKey> shown)
    {
        (string Name, string Value)[] parameters =
        [
            ("filter", Filter), ("sort", Sort is { } sort ? $"{sort}" : ""), ("descending", IsDescending ? "true" : ""), ("archived", IsArchived ? "true" : ""), ("columns", ColumnKey.ListText(shown)),
        ];
        return $"api/v1/experiments/{experimentId}/table.csv?{string.Join('&', parameters.Where(item => item.Value.Length > 0).Select(item => $"{item.Name}={Uri.EscapeDataString(item.Value)}"))}";
    }

    /// <summary>The order when a column's heading is clicked: numbers and times the greatest first, then the other way, then as usual again.</summary>
    public RunGridState SortedBy(ColumnKey column)
    {
        var descendsFirst = column.Field == SearchField.Metric || column.Key is "start_time" or "end_time";
        return (this with { After = null }) switch
        {
            var state when state.Sort != column => state with { Sort = column, IsDescending = descendsFirst },
            var state when state.IsDescending == descendsFirst => state with { IsDescending = !descendsFirst },
            var state => state with { Sort = null, IsDescending = false },
        };
    }

    public static bool CanSort(ColumnKey column) => column.Field != SearchField.Attribute || Sortable.Contains(column.Key);

    public static string Title(ColumnKey column) => column.Field == SearchField.Attribute ? Attributes.FirstOrDefault(attribute => attribute.Name == column.Key).Title ?? column.Key : column.Key;

    /// <summary>A column's title among others: with its field where one of another field has the same key, as a parameter and a metric <c>lr</c>.</summary>
    public static string Title(ColumnKey column, IEnumerable<ColumnKey> among) => among.Any(other => other.Key == column.Key && other.Field != column.Field) ? $"{column}" : Title(column);

    /// <summary>The columns that are shown: the chosen ones, or status, start, duration, and the parameters and metrics that say most of these runs.</summary>
    public IReadOnlyList<ColumnKey> Shown(IReadOnlyList<RunTableRow> rows) => Columns ??
    [
        .. AttributeColumns.Take(3),
        .. Telling(rows, row => row.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value)).Select(ColumnKey.Parameter),
        .. Telling(rows, row => row.Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).ToDictionary(metric => metric.Key, metric => $"{metric.Value}")).Select(ColumnKey.Metric),
    ];

    /// <summary>Every column that these runs have something for, and those that are shown.</summary>
    public IReadOnlyList<ColumnKey> Choices(IReadOnlyList<RunTableRow> rows) =>
    [
        .. AttributeColumns
            .Concat(rows.SelectMany(row => row.Metrics.Keys).Distinct().Order(StringComparer.Ordinal).Select(ColumnKey.Metric))
            .Concat(rows.SelectMany(row => row.Parameters.Keys).Distinct().Order(StringComparer.Ordinal).Select(ColumnKey.Parameter))
            .Concat(rows.SelectMany(row => row.Tags.Keys).Distinct().Where(key => !key.StartsWith("mlflow.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(ColumnKey.Tag))
            .Union(Columns ?? []),
    ];

    /// <summary>Keys that most runs have and whose values differ; of a single run, or of runs that are all the same, any.</summary>
    private static IEnumerable<string> Telling(IReadOnlyList<RunTableRow> rows, Func<RunTableRow, IReadOnlyDictionary<string, string>> read)
    {
        var keys = rows.SelectMany(row => read(row)).GroupBy(item => item.Key).OrderByDescending(key => key.Count()).ThenBy(key => key.Key, StringComparer.Ordinal).ToArray();
        var differing = keys.Where(key => key.Count() < rows.Count || key.Select(item => item.Value).Distinct().Skip(1).Any()).ToArray();
        return (differing.Length > 0 ? differing : keys).Take(UsualColumns).Select(key => key.Key);
    }
}
