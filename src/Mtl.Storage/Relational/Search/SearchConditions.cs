using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>
/// Conditions as SQL. The value of a keyed field is a subquery that is NULL for a record without the key, so that no comparison holds of it. NaN is left out there too: it compares with nothing.
/// </summary>
internal static class SearchConditions
{
    /// <summary>So many first characters of parameters and tags are in indexes, and orders go by them.</summary>
    public const int IndexedCharacters = 200;

    private const int MostTexts = 1000;

    /// <summary>SQLite takes patterns of up to 50,000 bytes.</summary>
    private const int LongestPattern = 10_000;

    private static readonly Dictionary<Comparison, string> Operators = new()
    {
        [Comparison.Equal] = "=",
        [Comparison.NotEqual] = "<>",
        [Comparison.Greater] = ">",
        [Comparison.GreaterOrEqual] = ">=",
        [Comparison.Less] = "<",
        [Comparison.LessOrEqual] = "<=",
    };

    /// <summary>The condition, or Invalid when it holds more texts than a statement takes.</summary>
    public static Result<string> Of(SearchShape shape, Condition condition, IReadOnlyList<DatasetFilter> datasets, SearchArguments arguments) => condition switch
    {
        { Value: ConditionValue.Texts { Values.Count: > MostTexts } texts } => Error.Invalid(
            $"The filter compares '{condition.Key}' with {texts.Values.Count:N0} texts; at most {MostTexts:N0} are allowed.", "Search in several steps.", "filter"),
        { Comparison: Comparison.Like or Comparison.ILike, Value: ConditionValue.Text { Value.Length: > LongestPattern } pattern } => Error.Invalid(
            $"The filter's pattern for '{condition.Key}' has {pattern.Value.Length:N0} characters; at most {LongestPattern:N0} are allowed.", "Search for a part of it.", "filter"),
        { Field: SearchField.Dataset } =>
            $"EXISTS (SELECT 1 FROM run_datasets d WHERE d.run_no = r.no AND {Compare($"d.{DatasetColumn(condition.Key)}", condition, arguments)})",
        { Field: SearchField.Metric } when shape.HasModelMetrics =>
            $"{ModelMetric(datasets, arguments)} AND d.key = {arguments.Add(condition.Key)} AND d.value <= {SearchArguments.Infinity} AND {Compare("d.value", condition, arguments)})",
        _ => Compare(Value(shape, condition.Field, condition.Key, arguments), condition, arguments),
    };

    /// <summary>That a logged model has a metric on one of the query's datasets, where no condition on a metric says so already; empty for no datasets.</summary>
    public static string WithDatasets(SearchQuery query, SearchArguments arguments) =>
        query.Datasets.Count == 0 || query.Conditions.Any(condition => condition.Field == SearchField.Metric) ? "" : $" AND {ModelMetric(query.Datasets, arguments)})";

    /// <summary>Whether the metrics <paramref name="alias"/> of a logged model were measured on the dataset, as a further condition; empty for none.</summary>
    public static string On(DatasetFilter? dataset, string alias, SearchArguments arguments) => dataset is null
        ? ""
        : $" AND {alias}.dataset_name = {arguments.Add(dataset.Name)}{(dataset.Digest.Length == 0 ? "" : $" AND {alias}.dataset_digest = {arguments.Add(dataset.Digest)}")}";

    /// <summary>The rows of a keyed field that belong to the record <c>r</c>: at most one.</summary>
    public static SearchTables Rows(SearchShape shape, SearchField field, string key, string alias, SearchArguments arguments) => field switch
    {
        SearchField.Metric when shape.HasMetrics => new SearchTables($"metric_series {alias}", $"{alias}.run_no = r.no AND {alias}.key = {arguments.Add(key)}"),
        SearchField.Parameter when shape.Parameters is { } parameters => new SearchTables($"{parameters.Table} {alias}", $"{alias}.{parameters.Owner} = r.no AND {alias}.key = {arguments.Add(key)}"),
        SearchField.Tag => new SearchTables($"tags {alias}", $"{alias}.kind = '{shape.TagKind}' AND {alias}.owner_id = {shape.TagOwner} AND {alias}.key = {arguments.Add(key)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, $"'{shape.Table}' has no such field."),
    };

    /// <summary>An EXISTS, left open, of metrics of the logged model <c>r</c> on one of the datasets, or on any.</summary>
    private static string ModelMetric(IReadOnlyList<DatasetFilter> datasets, SearchArguments arguments) =>
        $"EXISTS (SELECT 1 FROM logged_model_metrics d WHERE d.model_no = r.no{(datasets.Count == 0 ? "" : $" AND ({string.Join(" OR ", datasets.Select(dataset => $"(1 = 1{On(dataset, "d", arguments)})"))})")}";

    /// <summary>The value of a field of the record, NULL where it has none.</summary>
    private static string Value(SearchShape shape, SearchField field, string key, SearchArguments arguments)
    {
        if (field == SearchField.Attribute)
            return shape.Attributes[key].Value;
        var rows = Rows(shape, field, key, "c", arguments);
        return field == SearchField.Metric
            ? $"(SELECT c.last_value FROM {rows.Tables} WHERE {rows.Where} AND c.last_value <= {SearchArguments.Infinity})"
            : $"(SELECT c.value FROM {rows.Tables} WHERE {rows.Where})";
    }

    /// <summary>The comparison of <paramref name="value"/>, an expression, with what the condition gives.</summary>
    public static string Compare(string value, Condition condition, SearchArguments arguments) => (condition.Comparison, condition.Value) switch
    {
        (Comparison.IsNull, _) => $"{value} IS NULL",
        (Comparison.IsNotNull, _) => $"{value} IS NOT NULL",
        (Comparison.In, ConditionValue.Texts texts) => $"{value} IN {arguments.AddAll(texts.Values)}",
        (Comparison.NotIn, ConditionValue.Texts texts) => $"{value} NOT IN {arguments.AddAll(texts.Values)}",
        (Comparison.Like, ConditionValue.Text text) => $"{value} LIKE {arguments.Add(Pattern(text.Value))} ESCAPE '\\'",
        (Comparison.ILike, ConditionValue.Text text) => $"lower({value}) LIKE lower({arguments.Add(Pattern(text.Value))}) ESCAPE '\\'",
        (var comparison, ConditionValue.Text text) => $"{value} {Operators[comparison]} {arguments.Add(text.Value)}",
        (var comparison, ConditionValue.Number number) => $"{value} {Operators[comparison]} {arguments.Add(number.Value)}",
        var (comparison, with) => throw new ArgumentOutOfRangeException(nameof(condition), condition, $"{comparison} does not compare with {with}."),
    };

    /// <summary>Only '%' and '_' mean something in a filter's pattern.</summary>
    private static string Pattern(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal);

    private static string DatasetColumn(string key) => key switch
    {
        "name" => "name",
        "digest" => "digest",
        "context" => "context",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "A dataset has no such key."),
    };
}
