namespace Mtl.Core.Definitions;

/// <summary>One of several tables that are stacked: a file's path, or a dataset of the platform; exactly one of the two.</summary>
public sealed record TableDefinition
{
    /// <summary>A CSV or Parquet file as the server sees it; empty when <see cref="Dataset"/> is given.</summary>
    public string Path { get; init; } = "";

    /// <summary>The id of an uploaded or generated dataset; empty when <see cref="Path"/> is given.</summary>
    public string Dataset { get; init; } = "";
}
