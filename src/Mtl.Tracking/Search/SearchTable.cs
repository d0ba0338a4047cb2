namespace Mtl.Tracking.Search;

/// <summary>The grammar's words and what may follow them.</summary>
internal static class SearchTable
{
    /// <summary>What stands before the full stop → field.</summary>
    public static IReadOnlyDictionary<string, SearchField> Entities { get; } = new Dictionary<string, SearchField>
    {
        ["metric"] = SearchField.Metric,
        ["metrics"] = SearchField.Metric,
        ["parameter"] = SearchField.Parameter,
        ["parameters"] = SearchField.Parameter,
        ["param"] = SearchField.Parameter,
        ["params"] = SearchField.Parameter,
        ["tag"] = SearchField.Tag,
        ["tags"] = SearchField.Tag,
        ["attribute"] = SearchField.Attribute,
        ["attributes"] = SearchField.Attribute,
        ["attr"] = SearchField.Attribute,
        ["run"] = SearchField.Attribute,
        ["dataset"] = SearchField.Dataset,
        ["datasets"] = SearchField.Dataset,
    };

    public static IReadOnlyList<string> DatasetKeys { get; } = ["name", "digest", "context"];

    public static IReadOnlyDictionary<string, Comparison> Comparators { get; } = new Dictionary<string, Comparison>(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = Comparison.Equal,
        ["!="] = Comparison.NotEqual,
        [">"] = Comparison.Greater,
        [">="] = Comparison.GreaterOrEqual,
        ["<"] = Comparison.Less,
        ["<="] = Comparison.LessOrEqual,
        ["LIKE"] = Comparison.Like,
        ["ILIKE"] = Comparison.ILike,
        ["IN"] = Comparison.In,
        ["NOT IN"] = Comparison.NotIn,
        ["IS NULL"] = Comparison.IsNull,
        ["IS NOT NULL"] = Comparison.IsNotNull,
    };

    private static readonly string[] Numbers = ["=", "!=", ">", ">=", "<", "<="];
    private static readonly string[] Texts = ["=", "!=", "LIKE", "ILIKE"];

    /// <summary>The comparators of a field; of an attribute those of its type.</summary>
    public static IReadOnlyList<string> ComparatorsOf(SearchField field, SearchAttribute? attribute) => (field, attribute) switch
    {
        (SearchField.Metric, _) or (SearchField.Attribute, { IsNumber: true }) => Numbers,
        (SearchField.Parameter or SearchField.Tag, _) => [.. Texts, "IS NULL", "IS NOT NULL"],
        (SearchField.Dataset, _) => [.. Texts, "IN", "NOT IN"],
        (_, { TakesLists: true }) => [.. Texts, "IN", "NOT IN"],
        _ => Texts,
    };
}
