using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tracking;

/// <summary>A search as a client asks for it.</summary>
/// <param name="Filter">In MLflow's grammar; empty for all.</param>
/// <param name="Order">Terms in MLflow's grammar.</param>
/// <param name="PageSize">At least 1.</param>
/// <param name="PageToken">Of the page before; empty for the first page.</param>
public sealed record SearchRequest(string Filter, IReadOnlyList<string> Order, int PageSize, string PageToken)
{
    /// <summary>See <see cref="SearchQuery.Datasets"/>.</summary>
    public IReadOnlyList<DatasetFilter> Datasets { get; init; } = [];

    /// <summary>The dataset of each term of <see cref="Order"/> (<see cref="OrderTerm.Dataset"/>); empty when none has one.</summary>
    public IReadOnlyList<DatasetFilter?> OrderDatasets { get; init; } = [];

    /// <summary>As the stores take it, or what is wrong with it.</summary>
    internal Result<SearchQuery> ToQuery(SearchSubject subject) => SearchParser.Filter(Filter, subject).Then(conditions =>
        SearchParser.Order(Order, subject).Map(order => new SearchQuery(
            conditions, [.. order.Select((term, i) => term with { Dataset = OrderDatasets.ElementAtOrDefault(i) })], PageSize, PageToken.Length == 0 ? null : PageToken) { Datasets = Datasets }));
}
