namespace Mtl.Data.Tables;

/// <summary>Names in an error text: quoted, the first twenty, and how many more there are.</summary>
internal static class NameList
{
    private const int Most = 20;

    internal static string Of(IReadOnlyList<string> names)
    {
        var shown = string.Join(", ", names.Take(Most).Select(name => $"'{name}'"));
        return names.Count > Most ? $"{shown} and {names.Count - Most} more" : shown;
    }
}
