using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Tables;
using Mtl.Learning.Preprocessing;

namespace Mtl.Learning.Tests.Preprocessing;

public class FeaturePlanTests
{
    private static readonly PreprocessingDefinition Plain = new();

    [Fact]
    public void Numbers_are_standardised_and_gaps_become_the_mean_with_an_indicator()
    {
        var plan = Fit(Plain, new NumericColumn("x", [1, 3, float.NaN, 5]), new NumericColumn("y", [10, 20, 30, 40]));

        var rows = Compute(plan, new NumericColumn("x", [3, float.NaN, 5]), new NumericColumn("y", [25, 25, 25]));

        var deviation = (float)Math.Sqrt(8.0 / 3);
        rows.ShouldBe([[0, 0, 0], [0, 0, 1], [2 / deviation, 0, 0]]);
    }

    [Fact]
    public void Without_gaps_in_training_there_is_no_indicator_and_a_gap_still_becomes_the_mean()
    {
        var plan = Fit(Plain, new NumericColumn("x", [1, 3]));

        Compute(plan, new NumericColumn("x", [float.NaN, 3])).ShouldBe([[0], [1]]);
    }

    [Fact]
    public void A_constant_column_gives_zeros_and_one_without_values_too()
    {
        var plan = Fit(Plain, new NumericColumn("constant", [7, 7]), new NumericColumn("empty", [float.NaN, float.NaN]));

        Compute(plan, new NumericColumn("constant", [7, 7]), new NumericColumn("empty", [float.NaN, 4])).ShouldBe([[0, 0, 1], [0, 4, 0]]);
    }

    [Fact]
    public void Bins_give_a_numbers_place_within_quantiles()
    {
        var input = NumericInput.Fit("x", [0, 1, 2, 3, 4, 5, 6, 7], new PreprocessingDefinition { Numeric = NumericEncoding.PiecewiseLinear, Bins = 4 });
        input.Edges.ShouldBe([0, 2, 4, 6, 7]);

        var mean = 3.5f;
        var deviation = (float)Math.Sqrt(5.25);
        Compute(new FeaturePlan([input]), new NumericColumn("x", [-1, 3, 9])).ShouldBe(
        [
            [(-1 - mean) / deviation, 0, 0, 0, 0],
            [(3 - mean) / deviation, 1, 0.5f, 0, 0],
            [(9 - mean) / deviation, 1, 1, 1, 1],
        ]);
    }

    [Fact]
    public void A_value_that_fills_bins_takes_one_and_leaves_the_others_to_the_rest()
    {
        float[] mostlyZero = [.. new float[90], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

        NumericInput.Fit("x", mostlyZero, new PreprocessingDefinition { Numeric = NumericEncoding.PiecewiseLinear, Bins = 6 }).Edges.ShouldBe([0, 1, 3, 5, 7, 9, 10]);
    }

    [Fact]
    public void Categories_are_one_hot_and_what_training_did_not_know_is_all_zeros()
    {
        var plan = Fit(Plain, TextColumn.Of("c", ["b", "a", "b"]));

        Compute(plan, TextColumn.Of("c", ["a", "b", "z", null])).ShouldBe([[0, 1], [1, 0], [0, 0], [0, 0]]);
    }

    [Fact]
    public void A_gap_is_a_category_when_training_had_gaps()
    {
        var plan = Fit(Plain, TextColumn.Of("c", ["b", null, "b"]));

        Compute(plan, TextColumn.Of("c", ["b", null, "z"])).ShouldBe([[1, 0], [0, 1], [0, 0]]);
        ((CategoricalInput)plan.Columns[0]).Vocabulary.ShouldBe(["b", ""]);
    }

    [Fact]
    public void Rare_categories_share_the_unknown_ones_place()
    {
        var plan = Fit(new PreprocessingDefinition { MinimumCategoryCount = 2 }, TextColumn.Of("c", ["a", "a", "b", "b", "b", "rare", null]));

        // Ids: unknown, b, a, missing.
        Compute(plan, TextColumn.Of("c", ["rare", "b", "a", null, "z"])).ShouldBe([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]);
    }

    [Fact]
    public void Only_the_most_frequent_categories_are_kept()
    {
        var plan = Fit(new PreprocessingDefinition { MaximumCategories = 2 }, TextColumn.Of("c", ["c", "b", "b", "a", "a", "a"]));

        var input = (CategoricalInput)plan.Columns[0];
        input.Vocabulary.ShouldBe(["a", "b"]);
        input.HadUnknown.ShouldBeTrue();
    }

    [Fact]
    public void Beyond_the_one_hot_limit_categories_become_ids()
    {
        var plan = Fit(new PreprocessingDefinition { OneHotLimit = 2 }, TextColumn.Of("c", ["a", "b", "c", "c"]), TextColumn.Of("d", ["x", "y", "x", "y"]));

        plan.FeatureCount.ShouldBe(2);
        plan.CategoryCounts.ShouldBe([4]);
        var table = new Table([TextColumn.Of("c", ["c", "a", "z", null]), TextColumn.Of("d", ["x", "x", "x", "x"])]);
        FeatureMatrix.Compute(plan, table).Categories.ShouldBe([1, 2, 0, 0]);
    }

    [Fact]
    public void Long_tables_are_preprocessed_in_chunks_without_a_seam()
    {
        float[] values = [.. Enumerable.Range(0, 20_000).Select(row => (float)row)];
        var plan = Fit(Plain, new NumericColumn("x", values), TextColumn.Of("c", values.Select(value => $"{value % 3}")));

        var matrix = FeatureMatrix.Compute(plan, new Table([new NumericColumn("x", values), TextColumn.Of("c", values.Select(value => $"{value % 3}"))]));

        for (var row = 0; row < values.Length; row++)
        {
            matrix.Features[row * 4].ShouldBe((float)((row - 9999.5) / 5773.5026455), 1e-5);
            matrix.Features.AsSpan((row * 4) + 1, 3).IndexOf(1f).ShouldBe(row % 3);
        }
    }

    [Fact]
    public void More_numbers_than_memory_holds_are_refused()
    {
        var plan = Fit(Plain, TextColumn.Of("c", Enumerable.Range(0, 60).Select(row => $"c{row}")));

        FeatureMatrix.TooLarge(10_000_000, plan).ShouldBeNull();
        FeatureMatrix.TooLarge(100_000_000, plan)!.ToString().ShouldBe(
            "100000000 rows of 60 features are more than the 2147483591 numbers that training holds in memory. "
            + "Exclude columns, lower preprocessing.oneHotLimit or preprocessing.bins, or train on fewer rows.");
    }

    [Fact]
    public void Columns_describe_themselves_for_forms()
    {
        var plan = Fit(Plain, new NumericColumn("x", [1, 2, float.NaN, 6]), TextColumn.Of("c", ["b", "a", "b", null]));

        var (number, text) = (plan.Columns[0].Describe(), plan.Columns[1].Describe());
        (number.Kind, number.Minimum, number.Maximum, number.Mean, number.IsWhole).ShouldBe((InputKind.Numeric, 1, 6, 3, true));
        text.Kind.ShouldBe(InputKind.Categorical);
        text.Categories.ShouldBe(["b", "a"]);
    }

    private static FeaturePlan Fit(PreprocessingDefinition preprocessing, params Column[] training)
    {
        int[] rows = [.. Enumerable.Range(0, training[0].Count)];
        return new FeaturePlan([.. training.Select(column => InputColumns.Fit(column, rows, preprocessing))]);
    }

    private static float[][] Compute(FeaturePlan plan, params Column[] columns) =>
        [.. FeatureMatrix.Compute(plan, new Table(columns)).Features.Chunk(plan.FeatureCount)];
}
