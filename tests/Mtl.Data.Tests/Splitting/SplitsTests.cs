using FsCheck;
using FsCheck.Fluent;
using Mtl.Core.Definitions;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Splitting;

public sealed class SplitsTests
{
    /// <summary>A column of small numbers (strata or groups) with some rows missing, a seed, and fractions that leave training rows.</summary>
    private static readonly Arbitrary<Case> Cases = (
        from labels in Gen.Choose(0, 12).ArrayOf(300)
        from length in Gen.Choose(40, 300)
        from seed in Gen.Choose(0, int.MaxValue)
        from validation in Gen.Choose(5, 45)
        from test in Gen.Choose(5, 45)
        select new Case([.. labels.Take(length)], (ulong)seed, validation / 100.0, test / 100.0)).ToArbitrary();

    [Theory]
    [InlineData(SplitKind.Random)]
    [InlineData(SplitKind.Stratified)]
    [InlineData(SplitKind.Group)]
    public void Every_row_is_on_exactly_one_side(SplitKind kind) => Prop.ForAll(Cases, sample =>
    {
        var split = sample.Split(kind);

        split.Train.Concat(split.Validation).Concat(split.Test).Order().ShouldBe(Enumerable.Range(0, sample.Labels.Length));
        split.Train.ShouldBeInOrder();
        split.Validation.ShouldBeInOrder();
        split.Test.ShouldBeInOrder();
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void A_random_split_has_the_fractions_within_a_row() => Prop.ForAll(Cases, sample =>
    {
        var split = sample.Split(SplitKind.Random);

        ShouldBeWithinARow(split.Validation.Length, sample.Labels.Length * sample.Validation);
        ShouldBeWithinARow(split.Test.Length, sample.Labels.Length * sample.Test);
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void A_stratified_split_has_the_fractions_within_a_row_in_every_stratum_and_nearly_in_all() => Prop.ForAll(Cases, sample =>
    {
        var split = sample.Split(SplitKind.Stratified);
        foreach (var stratum in sample.Labels.Distinct())
        {
            var size = sample.Labels.Count(label => label == stratum);
            ShouldBeWithinARow(split.Validation.Count(row => sample.Labels[row] == stratum), size * sample.Validation);
            ShouldBeWithinARow(split.Test.Count(row => sample.Labels[row] == stratum), size * sample.Test);
            ShouldBeWithinARow(split.Train.Count(row => sample.Labels[row] == stratum), size * (1 - sample.Validation - sample.Test));
        }

        Math.Abs(split.Test.Length - (sample.Labels.Length * sample.Test)).ShouldBeLessThan(3);
        Math.Abs(split.Validation.Length - (sample.Labels.Length * sample.Validation)).ShouldBeLessThan(3);
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void A_group_is_on_one_side() => Prop.ForAll(Cases, sample =>
    {
        var split = sample.Split(SplitKind.Group);
        int[] GroupsOf(int[] rows) => [.. rows.Select(row => sample.Labels[row]).Where(label => label > 0).Distinct()];

        GroupsOf(split.Train).Intersect(GroupsOf(split.Test)).ShouldBeEmpty();
        GroupsOf(split.Train).Intersect(GroupsOf(split.Validation)).ShouldBeEmpty();
        GroupsOf(split.Validation).Intersect(GroupsOf(split.Test)).ShouldBeEmpty();
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void Many_small_groups_keep_the_fractions()
    {
        var groups = TextColumn.Of("household", Enumerable.Range(0, 3000).Select(row => $"{row / 3}"));
        var split = Splits.Of(new Table([groups]), new SplitDefinition { Kind = SplitKind.Group, Column = "household", Validation = 0.1, Test = 0.2 }, 1).Value;

        split.Validation.Length.ShouldBeInRange(297, 303);
        split.Test.Length.ShouldBeInRange(597, 603);
    }

    [Fact]
    public void The_seed_decides_and_nothing_else()
    {
        var table = new Table([new NumericColumn("x", new float[100])]);
        int[] Test(ulong seed) => Splits.Of(table, new SplitDefinition(), seed).Value.Test;

        Test(1).ShouldBe(Test(1));
        Test(1).ShouldNotBe(Test(2));
    }

    [Fact]
    public void A_split_never_changes_between_versions() =>
        Splits.Of(new Table([new NumericColumn("x", new float[20])]), new SplitDefinition(), 1).Value.Test.ShouldBe([4, 11, 16]);

    [Fact]
    public void A_split_column_is_followed()
    {
        var split = Splits.Of(SplitTable("Train", "test", "val", "TRAIN", "validation"), ByColumn, 1).Value;

        split.Train.ShouldBe([0, 3]);
        split.Validation.ShouldBe([2, 4]);
        split.Test.ShouldBe([1]);
    }

    [Fact]
    public void Without_a_validation_label_some_training_rows_are_drawn()
    {
        var split = Splits.Of(SplitTable([.. Enumerable.Range(0, 100).Select(row => row < 80 ? "train" : "test")]), ByColumn with { Validation = 0.25 }, 1).Value;

        split.Train.Length.ShouldBe(60);
        split.Validation.Length.ShouldBe(20);
        split.Validation.ShouldAllBe(row => row < 80);
        split.Test.ShouldBe(Enumerable.Range(80, 20));
    }

    public static TheoryData<string, SplitDefinition, string, string> Refused => new()
    {
        { "x", new SplitDefinition { Validation = 0 }, "The validation fraction 0 is out of range; more than 0 and less than 0.9 is allowed.", "split.validation" },
        { "x", new SplitDefinition { Validation = double.NaN }, "The validation fraction NaN is out of range; more than 0 and less than 0.9 is allowed.", "split.validation" },
        { "x", new SplitDefinition { Test = 0.9 }, "The test fraction 0.9 is out of range; more than 0 and less than 0.9 is allowed.", "split.test" },
        { "x", new SplitDefinition { Validation = 0.5, Test = 0.5 }, "The validation fraction 0.5 and the test fraction 0.5 leave no training rows; together they must be less than 1.", "split.validation" },
        { "x", new SplitDefinition { Kind = SplitKind.Stratified, Column = "y" }, "The table has no column 'y'. It has 'split'.", "split.column" },
        { "a,b", new SplitDefinition(), "The validation side of the split is empty: 2 rows with 0.15 for validation and 0.15 for test are too few.", "split" },
        { "a,b,b", new SplitDefinition { Kind = SplitKind.Group, Column = "split" }, "The group column 'split' has 2 different values; at least 3 are needed, one for each side.", "split.column" },
        { "train,test,dev", ByColumn, "The split column 'split' is 'dev' in row 3; train, val (or validation) and test are allowed.", "split.column" },
        { "train,,test", ByColumn, "The split column 'split' is empty in row 2; train, val (or validation) and test are allowed.", "split.column" },
        { "train,val", ByColumn, "The split column 'split' has no row with the label 'test'.", "split.column" },
        { "test,val", ByColumn, "The split column 'split' has no row with the label 'train'.", "split.column" },
        { "train,test", ByColumn with { Validation = 0.1 }, "The validation side of the split is empty: 2 rows with 0.1 for validation are too few.", "split" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Impossible_splits_are_refused(string labels, SplitDefinition definition, string message, string field)
    {
        var error = Splits.Of(SplitTable(labels.Split(',')), definition, 1).Error.ShouldNotBeNull();

        error.Message.ShouldBe(message);
        error.Field.ShouldBe(field);
    }

    private static SplitDefinition ByColumn => new() { Kind = SplitKind.Column, Column = "split" };

    private static Table SplitTable(params string[] labels) => new([TextColumn.Of("split", labels)]);

    private static void ShouldBeWithinARow(int rows, double quota) => Math.Abs(rows - quota).ShouldBeLessThan(1 + 1e-9);

    private sealed record Case(int[] Labels, ulong Seed, double Validation, double Test)
    {
        /// <summary>Label 0 is a missing one.</summary>
        internal SplitIndices Split(SplitKind kind)
        {
            var table = new Table([TextColumn.Of("label", Labels.Select(label => label == 0 ? "" : $"{label}"))]);
            return Splits.Of(table, new SplitDefinition { Kind = kind, Column = "label", Validation = Validation, Test = Test }, Seed).Value;
        }
    }
}
