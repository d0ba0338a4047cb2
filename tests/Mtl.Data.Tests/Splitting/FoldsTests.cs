using Mtl.Core.Definitions;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Splitting;

public class FoldsTests
{
    private static readonly Table Table = new([TextColumn.Of("group", Enumerable.Range(0, 100).Select(row => $"g{row % 7}"))]);

    private static readonly int[] Rows = [.. Enumerable.Range(10, 80)];

    [Theory]
    [InlineData(SplitKind.Random)]
    [InlineData(SplitKind.Stratified)]
    [InlineData(SplitKind.Group)]
    public void Every_training_row_is_in_exactly_one_fold(SplitKind kind)
    {
        var folds = Of(kind);

        folds.Length.ShouldBe(4);
        folds.SelectMany(fold => fold).Order().ShouldBe(Rows);
        Of(kind).ShouldBe(folds);
        Of(kind, seed: 2).ShouldNotBe(folds);
    }

    [Fact]
    public void Random_folds_are_of_one_size_within_a_row() => Of(SplitKind.Random).Select(fold => fold.Length).ShouldBe([20, 20, 20, 20]);

    [Fact]
    public void Stratified_folds_have_each_stratum_in_equal_parts_within_a_row()
    {
        foreach (var stratum in Enumerable.Range(0, 7))
        {
            var counts = Of(SplitKind.Stratified).Select(fold => fold.Count(row => row % 7 == stratum)).ToArray();
            (counts.Max() - counts.Min()).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void A_group_is_in_one_fold() =>
        Of(SplitKind.Group).SelectMany((fold, index) => fold.Select(row => (Group: row % 7, index)).Distinct()).Select(pair => pair.Group).ShouldBeUnique();

    private static int[][] Of(SplitKind kind, ulong seed = 1) => Folds.Of(Table, Rows, new SplitDefinition { Kind = kind, Column = "group" }, 4, seed);
}
