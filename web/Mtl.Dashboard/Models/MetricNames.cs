using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>What metrics are called on a page, and which direction is better.</summary>
public sealed class MetricNames(ICatalogue catalogue)
{
    private static readonly HashSet<string> LowerIsBetter = ["loss", "rmse", "mse", "mae", "log_loss", "brier", "ece", "pinball", "nll"];
    private static readonly HashSet<string> NeitherIsBetter = ["coverage"];

    private readonly Dictionary<string, string> titles = catalogue.Methods
        .Where(method => method.Kind == MethodKind.Metric)
        .ToDictionary(method => method.Key, method => method.Title);

    /// <summary>The catalogue's title; the key in words where the catalogue has none (loss, weight).</summary>
    public string Title(string metric) => titles.TryGetValue(metric, out var title) ? title : Formats.Words(metric);

    public static bool HigherIsBetter(string metric) => !LowerIsBetter.Contains(metric);

    /// <summary>The index of the best of <paramref name="values"/>, ignoring missing ones and NaN; null when fewer than two can be compared, or neither direction is better.</summary>
    public static int? Best(string metric, IReadOnlyList<double?> values)
    {
        var known = values.Select((value, index) => (value, index)).Where(item => item.value is { } number && !double.IsNaN(number)).ToArray();
        if (known.Length < 2 || NeitherIsBetter.Contains(metric))
            return null;
        return HigherIsBetter(metric) ? known.MaxBy(item => item.value).index : known.MinBy(item => item.value).index;
    }
}
