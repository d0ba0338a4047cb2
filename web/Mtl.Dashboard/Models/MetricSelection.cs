namespace Mtl.Dashboard.Models;

/// <summary>Which metric is shown for which task, as it stands in an address: <c>income.f1,age.mae</c>.</summary>
public static class MetricSelection
{
    public static IReadOnlyDictionary<string, string> Parse(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('.', 2))
        .Where(part => part.Length == 2)
        .GroupBy(part => part[0])
        .ToDictionary(group => group.Key, group => group.Last()[1]);

    public static string With(string? text, string task, string metric) =>
        string.Join(',', new SortedDictionary<string, string>(Parse(text).ToDictionary(), StringComparer.Ordinal) { [task] = metric }.Select(item => $"{item.Key}.{item.Value}"));
}
