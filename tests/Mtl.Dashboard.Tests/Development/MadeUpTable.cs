using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Data.Tables;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>A profile with a column of every role.</summary>
internal static class MadeUpTable
{
    private const string Learnable = "Numbers with many values make a regression task.";

    public static TableProfile Profile { get; } = new(
        4200,
        [
            new("id", ColumnType.Number, 0, 4200, ColumnRole.Identifier, "Every row has another value: it tells rows apart and says nothing else.", null, "An identifier can't be learned.")
                { Numbers = new(1, 2100, 4200, 2100.5, 1212, true), Histogram = Bars(0, 4200, 20) },
            new("area", ColumnType.Number, 0, 961, ColumnRole.Input, "", TaskKind.Regression, Learnable) { Numbers = new(28, 88, 312, 94.2, 33.1, false), Histogram = Bars(28, 312, 5) },
            new("district", ColumnType.Text, 37, 6, ColumnRole.Input, "", TaskKind.Multiclass, "A few labels make a multiclass task.")
                { Histogram = [new("Harbour", 1302), new("Old town", 990), new("Hills", 871), new("North", 600), new("Mill", 300), new("Lake", 100)], Samples = ["Harbour", "Hills", "Lake"] },
            new("year", ColumnType.Text, 0, 88, ColumnRole.Input, "", TaskKind.Multiclass, "A few labels make a multiclass task.")
                { Histogram = [new("1974", 120), new("1990", 80), new("86 others", 4000) { Others = 86 }], Samples = ["1974", "ca. 1960"], Remarks = ["4,188 of 4,200 values are numbers, but 'ca. 1960' in row 16 is not, so the column is text."] },
            new("country", ColumnType.Text, 0, 1, ColumnRole.Constant, "Every row has the same value.", null, "A column with one value can't be learned.") { Histogram = [new("DE", 4200)], Samples = ["DE"] },
            new("part", ColumnType.Text, 0, 3, ColumnRole.Split, "Its values say train, val and test.", TaskKind.Multiclass, "A few labels make a multiclass task.") { Histogram = [new("train", 3000), new("val", 600), new("test", 600)] },
            new("price", ColumnType.Number, 12, 3911, ColumnRole.Input, "", TaskKind.Regression, Learnable) { Numbers = new(61_000, 301_000, 1_940_000, 342_817.3, 160_000, true), Histogram = Bars(61_000, 1_940_000, 7) },
            new("price_eur", ColumnType.Number, 12, 3911, ColumnRole.Input, "", TaskKind.Regression, Learnable) { Numbers = new(56_000, 280_000, 1_800_000, 317_000, 150_000, true), Histogram = Bars(56_000, 1_800_000, 7) },
            new("sold", ColumnType.Text, 0, 2, ColumnRole.Input, "", TaskKind.Binary, "Two labels make a binary task.") { Histogram = [new("no", 2719), new("yes", 1481)], Samples = ["no", "yes"] },
        ],
        [["1", "88.5", "Harbour", "1974", "DE", "train", "301000", "280000", "yes"], ["2", "41", "", "1990", "DE", "test", "", "", "no"]]);

    private static HistogramBar[] Bars(double from, double to, int peak) =>
        [.. Enumerable.Range(0, 20).Select(i => new HistogramBar($"{from + (i * (to - from) / 20):0} to {from + ((i + 1) * (to - from) / 20):0}", (int)(600 * Math.Exp(-Math.Pow((i - peak) / 4.0, 2)))))];
}
