using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>The methods that a search finds, by kind.</summary>
public static class CatalogueSearch
{
    /// <summary>The methods of <paramref name="kind"/> (all kinds when null) that hold every word of <paramref name="query"/>, by kind in catalogue order.</summary>
    public static IReadOnlyList<IGrouping<MethodKind, MethodInfo>> Find(ICatalogue catalogue, string? query, MethodKind? kind) =>
        [.. MethodSearch.Find(catalogue.Methods, query, kind).GroupBy(method => method.Kind).OrderBy(group => group.Key)];
}
