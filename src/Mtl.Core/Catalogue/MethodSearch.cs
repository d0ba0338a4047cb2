namespace Mtl.Core.Catalogue;

/// <summary>Finds methods by words in anything that is said of them.</summary>
public static class MethodSearch
{
    /// <summary>The methods of <paramref name="kind"/> (all kinds when null) that hold every word of <paramref name="query"/>, in catalogue order; first those whose key it is.</summary>
    public static IReadOnlyList<MethodInfo> Find(IReadOnlyList<MethodInfo> methods, string? query, MethodKind? kind)
    {
        var words = (query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        MethodInfo[] found = [.. methods.Where(method => (kind is null || method.Kind == kind) && words.All(word => Texts(method).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase))))];
        return words is [var only] && Array.Exists(found, method => method.Key == only) ? [.. found.OrderBy(method => method.Key == only ? 0 : 1)] : found;
    }

    private static IEnumerable<string> Texts(MethodInfo method) =>
        [method.Key, method.Title, method.Description, method.Source, method.Formula, .. method.Options.SelectMany(option => new[] { option.Name, option.Description })];
}
