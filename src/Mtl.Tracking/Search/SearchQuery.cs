namespace Mtl.Tracking.Search;

/// <summary>A search as the stores take it: checked, with canonical names.</summary>
/// <param name="Order">Ties are broken by creation, the newest first, then by id, so that pages neither repeat nor leave out a record.</param>
/// <param name="PageSize">Most records of the page.</param>
/// <param name="PageToken">Where the page begins, as the page before gave it; null for the first. A token of another query is Invalid.</param>
public sealed record SearchQuery(IReadOnlyList<Condition> Conditions, IReadOnlyList<OrderTerm> Order, int PageSize, string? PageToken = null)
{
    /// <summary>Of logged models: their metrics count as far as they were measured on one of these datasets, and a model without such a metric is not found. All count when there are none.</summary>
    public IReadOnlyList<DatasetFilter> Datasets { get; init; } = [];
}
