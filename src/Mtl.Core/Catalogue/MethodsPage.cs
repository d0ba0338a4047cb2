using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mtl.Core.Catalogue;

/// <summary>The catalogue as one Markdown page: a section for each kind, a heading with an anchor for each method.</summary>
public static class MethodsPage
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The page, lines ended by <c>\n</c>.</summary>
    public static string Write(IReadOnlyList<MethodInfo> methods)
    {
        var page = new StringBuilder("# Methods\n\nEvery method with its formula, options and source. Made from the catalogue by `./mtl methods --markdown`; do not edit.\n");
        foreach (var kind in methods.GroupBy(method => method.Kind).OrderBy(group => group.Key))
        {
            page.Append($"\n## {kind.Key} ({kind.Count()})\n\n{string.Join(" · ", kind.Select(method => $"[`{method.Key}`](#{Anchor(method)})"))}\n");
            foreach (var method in kind)
                Append(page, method);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, MethodInfo method)
    {
        page.Append($"\n<a id=\"{Anchor(method)}\"></a>\n\n### {method.Title} `{method.Key}`\n\n{method.Description}\n\n```\n{method.Formula}\n```\n");
        if (method.Options.Count > 0)
        {
            page.Append("\n| option | default | allowed | what it does |\n| --- | --- | --- | --- |\n");
            foreach (var option in method.Options)
                page.Append($"| `{option.Name}` | `{JsonSerializer.Serialize(option.Default, Plain)}` | {Cell(Allowed(option))} | {Cell(option.Description)} |\n");
        }

        page.Append($"\n{method.Source}\n");
    }

    private static string Anchor(MethodInfo method) => $"{method.Kind.ToString().ToLowerInvariant()}-{method.Key}";

    private static string Allowed(OptionInfo option) => (option.Choices, option.Minimum, option.Maximum) switch
    {
        ({ Count: > 0 } choices, _, _) => string.Join(", ", choices),
        (_, { } low, { } high) => FormattableString.Invariant($"{low} to {high}"),
        (_, { } low, null) => FormattableString.Invariant($"at least {low}"),
        (_, null, { } high) => FormattableString.Invariant($"at most {high}"),
        _ => "",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
