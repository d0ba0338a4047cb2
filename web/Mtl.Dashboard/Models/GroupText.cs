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
