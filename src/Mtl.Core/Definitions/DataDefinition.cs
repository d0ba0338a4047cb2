namespace Mtl.Core.Definitions;

/// <summary>Where the rows come from: a file's path, a dataset of the platform, or several tables stacked; exactly one of the three.</summary>
public sealed record DataDefinition
{
    /// <summary>A CSV or Parquet file as the server sees it; else empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>The id of an uploaded or generated dataset; else empty.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>Tables by a name of one's choice, one below the other; what a table lacks of another's columns is missing there. Null for one table.</summary>
    public IReadOnlyDictionary<string, TableDefinition>? Tables { get; init; }

    /// <summary>The column added to stacked tables that holds each row's table by its name in <see cref="Tables"/>: what <see cref="TaskDefinition.By"/> may speak of.</summary>
    public string Origin { get; init; } = "table";

    /// <summary>The datasets that it speaks of.</summary>
    public IEnumerable<string> Datasets() => (Tables?.Values.Select(table => table.Dataset) ?? []).Append(Dataset).Where(id => id.Length > 0);
}
