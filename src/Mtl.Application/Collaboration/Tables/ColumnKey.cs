using Mtl.Tracking.Search;

namespace Mtl.Application.Collaboration.Tables;

/// <summary>A column of a table of runs, as it stands in addresses: <c>metrics.loss</c>, <c>params.lr</c>, <c>tags.team</c>, or an attribute by its name alone.</summary>
public readonly record struct ColumnKey(SearchField Field, string Key)
{
    private static readonly (string Prefix, SearchField Field)[] Prefixes = [("metrics.", SearchField.Metric), ("params.", SearchField.Parameter), ("tags.", SearchField.Tag)];

    /// <summary>Every text names a column; one without a prefix an attribute.</summary>
    public static ColumnKey Parse(string text)
    {
        foreach (var (prefix, field) in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return new ColumnKey(field, text[prefix.Length..]);
        }

        return new ColumnKey(SearchField.Attribute, text);
    }

    /// <summary>Columns as one text: separated by commas, with <c>%2C</c> and <c>%25</c> within names.</summary>
    public static string ListText(IEnumerable<ColumnKey> columns) =>
        string.Join(',', columns.Select(column => $"{column}".Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)));

    public static IReadOnlyList<ColumnKey> ParseList(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => Parse(name.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal))).Distinct(),
    ];

    public static ColumnKey Attribute(string name) => new(SearchField.Attribute, name);

    public static ColumnKey Metric(string key) => new(SearchField.Metric, key);

    public static ColumnKey Parameter(string key) => new(SearchField.Parameter, key);

    public static ColumnKey Tag(string key) => new(SearchField.Tag, key);

    public override string ToString()
    {
        var (field, key) = (Field, Key);
        return $"{Prefixes.FirstOrDefault(prefix => prefix.Field == field).Prefix}{key}";
    }
}
