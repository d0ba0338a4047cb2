using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>The methods that a search finds, by kind.</summary>
public static class CatalogueSearch
{
    /// <summary>The methods of <paramref name="kind"/> (all kinds when null) that hold every word of <paramref name="query"/>, by kind in catalogue order.</summary>
    public static IReadOnlyList<IGrouping<MethodKind, MethodInfo>> Find(ICatalogue catalogue, string? query, MethodKind? kind) =>
        [.. MethodSearch.Find(catalogue.Methods, query, kind).GroupBy(method => method.Kind).OrderBy(group => group.Key)];

    /// <summary>The methods as rows, one for each option: kind, key, title, option, default, allowed, description. A method without options has one row.</summary>
    public static IEnumerable<IReadOnlyList<string>> OptionRows(IEnumerable<MethodInfo> methods) =>
        from method in methods
        from option in new OptionForm(method.Options).Fields.Select(Texts).DefaultIfEmpty(["", "", "", ""])
        select (IReadOnlyList<string>)[$"{method.Kind}", method.Key, method.Title, .. option];

    private static string[] Texts(OptionField field) =>
        [field.Info.Name, field.DefaultText, field.Info.Choices is { Count: > 0 } choices ? string.Join(", ", choices) : field.Allowed, field.Info.Description];
}
