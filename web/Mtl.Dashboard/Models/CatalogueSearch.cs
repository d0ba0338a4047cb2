using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>Finds methods by words in anything that is said of them.</summary>
public static class CatalogueSearch
{
    /// <summary>The methods of <paramref name="kind"/> (all kinds when null) that hold every word of <paramref name="query"/>, by kind in catalogue order.</summary>
    public static IReadOnlyList<IGrouping<MethodKind, MethodInfo>> Find(ICatalogue catalogue, string? query, MethodKind? kind)
    {
        var words = (query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. catalogue.Methods
                .Where(method => (kind is null || method.Kind == kind) && words.All(word => Texts(method).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase))))
                .GroupBy(method => method.Kind)
                .OrderBy(group => group.Key),
        ];
    }

    private static IEnumerable<string> Texts(MethodInfo method) =>
        [method.Key, method.Title, method.Description, method.Source, method.Formula, .. method.Options.SelectMany(option => new[] { option.Name, option.Description })];
}
