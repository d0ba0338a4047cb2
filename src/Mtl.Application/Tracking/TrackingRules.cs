using System.Text.RegularExpressions;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <summary>What clients may log: MLflow's names, lengths and numbers (mlflow/utils/validation.py), in its words.</summary>
internal static partial class TrackingRules
{
    public const int LongestKey = 250;
    public const int LongestParameter = 6000;
    public const int LongestRunTag = 8000;
    public const int LongestExperimentTag = 5000;
    public const int LongestRegistryTag = 100_000;
    public const int LongestExperimentName = 500;
    public const int LongestModelName = 256;
    public const int LongestRunName = 1000;
    public const int LongestDescription = 5000;
    public const int MostMetrics = 1000;
    public const int MostParameters = 100;
    public const int MostTags = 100;
    public const int MostItems = 1000;
    public const int MostDatasets = 1000;

    private const int LongestQuote = 250;
    private const int LongestDatasetName = 500;
    private const int LongestDatasetDigest = 36;
    private const string Characters = "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/).";

    /// <summary>The longest text of each part of a dataset.</summary>
    private static readonly (string Noun, int Longest, Func<DatasetInput, string> Of)[] DatasetTexts =
    [
        ("Dataset name", LongestDatasetName, dataset => dataset.Name),
        ("Dataset digest", LongestDatasetDigest, dataset => dataset.Digest),
        ("Dataset source_type", 255, dataset => dataset.SourceType),
        ("Dataset source", 65_535, dataset => dataset.Source),
        ("Dataset schema", 1_048_575, dataset => dataset.Schema),
        ("Dataset profile", 16_777_215, dataset => dataset.Profile),
    ];

    /// <summary>Null when the text is short enough.</summary>
    public static Error? Length(string noun, string text, int longest, string field)
    {
        if (text.Length <= longest)
            return null;
        var count = text.EnumerateRunes().Count();
        return count <= longest ? null : Error.Invalid($"{noun} '{text[..Math.Min(text.Length, LongestQuote)]}' had length {count}, which exceeded length limit of {longest}", field: field);
    }

    /// <summary>Null when the key may name a metric, a parameter or a tag.</summary>
    /// <param name="noun">In MLflow's words: <c>metric</c>, <c>parameter</c>, <c>tag</c>.</param>
    public static Error? Key(string noun, string key, string field)
    {
        if (key.Length == 0)
            return Error.Invalid($"Invalid {noun} name: ''. A key name must be provided.", field: field);
        if (!AllowedName().IsMatch(key))
            return Error.Invalid($"Invalid {noun} name: '{Shown(key)}'. {Characters}", field: field);
        if (Normalized(key) is var normal && (normal != key || normal is "." || normal.StartsWith("..", StringComparison.Ordinal) || normal.StartsWith('/')))
        {
            return Error.Invalid(
                $"Invalid {noun} name: '{Shown(key)}'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '{Shown(normal)}'",
                field: field);
        }

        return Length($"{char.ToUpperInvariant(noun[0])}{noun[1..]} name", key, LongestKey, field);
    }

    /// <summary>Null when all tags may be set.</summary>
    public static Error? Tags(IEnumerable<KeyValuePair<string, string>> tags, int longestValue, string field = "tags") =>
        tags.Select(tag => Key("tag", tag.Key, field) ?? Length("Tag value", tag.Value, longestValue, field)).FirstOrDefault(error => error is not null);

    /// <summary>Null when the batch keeps MLflow's limits.</summary>
    public static Error? Batch(RunLog log) =>
        Most("metrics", log.Metrics.Count, MostMetrics)
        ?? Most("params", log.Parameters.Count, MostParameters)
        ?? Most("tags", log.Tags.Count, MostTags)
        ?? Most("metrics, params, and tags", log.Metrics.Count + log.Parameters.Count + log.Tags.Count, MostItems)
        ?? log.Metrics.Select(Metric).FirstOrDefault(error => error is not null)
        ?? log.ModelMetrics.Select(ModelMetric).FirstOrDefault(error => error is not null)
        ?? Parameters(log.Parameters)
        ?? Tags(log.Tags, LongestRunTag);

    /// <summary>Null when all parameters may be logged at once.</summary>
    public static Error? Parameters(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var twice = parameters.GroupBy(parameter => parameter.Key).Where(group => group.Count() > 1).Select(group => $"'{group.Key}'").ToArray();
        return twice.Length > 0
            ? Error.Invalid($"Duplicate parameter keys have been submitted: [{string.Join(", ", twice)}]. Please ensure the request contains only one param value per param key.", field: "params")
            : parameters.Select(parameter => Key("parameter", parameter.Key, "params") ?? Length("Param value", parameter.Value, LongestParameter, "params")).FirstOrDefault(error => error is not null);
    }

    public static Error? Dataset(DatasetInput dataset) =>
        DatasetTexts.Select(text => Length(text.Noun, text.Of(dataset), text.Longest, "datasets")).FirstOrDefault(error => error is not null)
        ?? dataset.Tags.Select(tag => Length("Input tag key", tag.Key, 255, "datasets") ?? Length("Input tag value", tag.Value, 500, "datasets")).FirstOrDefault(error => error is not null);

    public static Error? Most(string noun, int count, int most) => count <= most
        ? null
        : Error.Invalid($"A batch logging request can contain at most {most} {noun}. Got {count} {noun}. Please split up {noun} across multiple requests and try again.", field: noun);

    private static Error? ModelMetric(ModelMetric metric) =>
        Length("Dataset name", metric.DatasetName, LongestDatasetName, "metrics") ?? Length("Dataset digest", metric.DatasetDigest, LongestDatasetDigest, "metrics");

    private static Error? Metric(MetricPoint point) => Key("metric", point.Key, "metrics");

    private static string Shown(string text) => text.Length <= LongestQuote ? text : $"{text[..LongestQuote]}…";

    /// <summary>The path that a name comes to, as POSIX normalises it.</summary>
    private static string Normalized(string name)
    {
        var isAbsolute = name.StartsWith('/');
        var names = new List<string>();
        foreach (var part in name.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != ".." || (!isAbsolute && names.Count == 0) || (names.Count > 0 && names[^1] == ".."))
                names.Add(part);
            else if (names.Count > 0)
                names.RemoveAt(names.Count - 1);
        }

        var path = (isAbsolute ? "/" : "") + string.Join('/', names);
        return path.Length == 0 ? "." : path;
    }

    [GeneratedRegex(@"^[/\w.\- :]+\z")]
    private static partial Regex AllowedName();
}
