using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Tables;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Models;

/// <summary>Groups of runs in words and as filters.</summary>
public static class GroupText
{
    /// <summary><c>0.512 ± 0.013</c>; without a deviation the mean alone.</summary>
    public static string Of(Spread? spread) => spread switch
    {
        null or { Mean: null } => "–",
        { Deviation: null } => Formats.Number(spread.Mean),
        _ => $"{Formats.Number(spread.Mean)} ± {Formats.Number(spread.Deviation)}",
    };

    /// <summary>Places of the fewest columns that tell the groups apart as all do: each time the one that tells most apart, the first of such.</summary>
    public static IReadOnlyList<int> Telling(RunGroups groups)
    {
        var telling = new List<int>();
        int Told(IEnumerable<int> columns) => groups.Groups.Select(group => string.Join('\0', columns.Select(column => group.Values[column]))).Distinct().Count();
        while (telling.Count < groups.By.Count && Told(telling) < groups.Groups.Count)
            telling.Add(Enumerable.Range(0, groups.By.Count).Except(telling).MaxBy(column => Told([.. telling, column])));
        return [.. telling.Order()];
    }

    /// <summary>A group by its values in some columns (<c>architecture = hps, epochs = 15</c>): columns by the end of their names where that is theirs alone.</summary>
    public static string Label(RunGroup group, IReadOnlyList<ColumnKey> by, IReadOnlyList<int> columns)
    {
        string End(int column) => by[column].Key[(by[column].Key.LastIndexOf('.') + 1)..];
        return columns.Count == 0
            ? group.Label(by)
            : string.Join(", ", columns.Select(column => $"{(columns.Count(other => End(other) == End(column)) == 1 ? End(column) : by[column].Key)} = {(group.Values[column].Length == 0 ? "–" : group.Values[column])}"));
    }

    /// <summary>A filter that finds the group's runs, within the one that they were grouped under; null where a run has no such key, for which the language has no word.</summary>
    public static string? Filter(RunGroup group, IReadOnlyList<ColumnKey> by, string within)
    {
        var conditions = new List<string>(within.Length > 0 ? [within] : Array.Empty<string>());
        foreach (var (column, value) in by.Zip(group.Values))
        {
            if (value.Length == 0)
                return null;
            conditions.Add($"{(column.Field == SearchField.Tag ? "tags" : column.Field == SearchField.Parameter ? "params" : "attributes")}.`{column.Key.Replace("`", "``", StringComparison.Ordinal)}` = {Quoted(value)}");
        }

        return string.Join(" and ", conditions);
    }

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
