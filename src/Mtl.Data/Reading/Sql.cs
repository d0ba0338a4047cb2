namespace Mtl.Data.Reading;

/// <summary>The only ways by which a user's text enters a statement: quoted, or as a path that names one file and is bound as a parameter.</summary>
internal static class Sql
{
    internal static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>DuckDB takes paths for patterns (<c>*</c>, <c>?</c>, <c>[…]</c>); a bracket around each such character makes it stand for itself.</summary>
    internal static string Path(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : $"{c}"));
}
