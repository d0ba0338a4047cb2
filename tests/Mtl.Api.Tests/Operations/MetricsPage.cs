using System.Globalization;
using System.Text.RegularExpressions;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Operations;

/// <summary>What <c>/metrics</c> said: series (name and labels) and values.</summary>
internal sealed partial class MetricsPage
{
    private readonly Dictionary<string, double> series;

    private MetricsPage(string text)
    {
        Text = text;
        series = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => Line().Match(line))
            .ToDictionary(line => line.Groups["series"].Value, line => double.Parse(line.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    public string Text { get; }

    /// <summary>Sum over the series of this name whose labels hold all the texts given.</summary>
    public double this[string name, params string[] labels] => series
        .Where(row => (row.Key == name || row.Key.StartsWith($"{name}{{", StringComparison.Ordinal)) && labels.All(label => row.Key.Contains(label, StringComparison.Ordinal)))
        .Sum(row => row.Value);

    public static async Task<MetricsPage> ReadAsync(RunningServer server) => new((await server.SendAsync("GET", "/metrics")).Body);

    [GeneratedRegex(@"^(?<series>[a-zA-Z_:][\w:]*(\{.*\})?) (?<value>\S+)( \d+)?$")]
    private static partial Regex Line();
}
