namespace Mtl.Dashboard.Models;

/// <summary>A metric key taken apart: <c>income/val_roc_auc</c> is task income, split val, name roc_auc; <c>income/weight</c> has no split.</summary>
public sealed record MetricKey(string Task, string Split, string Name)
{
    /// <summary>The task part of what concerns all tasks.</summary>
    public const string All = "all";

    private static readonly string[] Splits = ["train", "val", "test"];

    public static MetricKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (task, rest) = slash < 0 ? (All, key) : (key[..slash], key[(slash + 1)..]);
        var split = Splits.FirstOrDefault(known => rest.StartsWith(known + "_", StringComparison.Ordinal));
        return split is null ? new(task, "", rest) : new(task, split, rest[(split.Length + 1)..]);
    }

    public override string ToString() => Split.Length == 0 ? $"{Task}/{Name}" : $"{Task}/{Split}_{Name}";
}
