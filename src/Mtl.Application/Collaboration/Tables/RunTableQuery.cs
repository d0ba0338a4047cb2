using System.ComponentModel.DataAnnotations;

namespace Mtl.Application.Collaboration.Tables;

/// <summary>Which runs of an experiment a table shows, in which order.</summary>
public sealed record RunTableQuery(string ExperimentId)
{
    public const int LargestPage = 500;

    /// <summary>In MLflow's filter language; empty for all.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The column to order by; null for the newest first.</summary>
    public ColumnKey? Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>Archived runs rather than live ones.</summary>
    public bool IsArchived { get; init; }

    [Range(1, LargestPage)]
    public int PageSize { get; init; } = 50;

    /// <summary>Where the page begins, as the page before said; null for the first.</summary>
    public string? PageToken { get; init; }
}

/// <summary>A page of a table of runs.</summary>
/// <param name="NextToken">Null on the last page.</param>
public sealed record RunTablePage(IReadOnlyList<RunTableRow> Rows, string? NextToken);
