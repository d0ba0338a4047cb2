using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Data.Reading;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;
using Mtl.Testing.Data;

namespace Mtl.Data.Tests;

/// <summary>The census data set of UCI, as real tables are: counted independently of this library.</summary>
public sealed class AdultTests
{
    private static readonly string? Path = SharedData.Find("adult.csv");
    private static readonly Lazy<Table> Adult = new(() => TableReader.Read(Path!).Value);

    public AdultTests() => Assert.SkipWhen(Path is null, SharedData.Absent("adult.csv"));

    [Fact]
    public void Types_and_missing_values_are_those_of_the_file()
    {
        var table = Adult.Value;

        table.RowCount.ShouldBe(48_842);
        table.Columns.Where(column => column.Type == ColumnType.Number).Select(column => column.Name)
            .ShouldBe(["age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hours_per_week"]);
        table.Columns.Where(column => column.MissingCount > 0).Select(column => (column.Name, column.MissingCount))
            .ShouldBe([("workclass", 2799), ("occupation", 2809), ("native_country", 857)]);
        ((TextColumn)table["marital_status"]).Vocabulary.Length.ShouldBe(7);
        ((TextColumn)table["income"]).Vocabulary.Order(StringComparer.Ordinal).ShouldBe(["<=50K", ">50K"]);
        ((NumericColumn)table["age"]).Values.Sum(age => (double)age).ShouldBe(1_887_430);
    }

    [Fact]
    public void Its_own_split_is_followed()
    {
        var split = Splits.Of(Adult.Value, new SplitDefinition { Kind = SplitKind.Column, Column = "split", Validation = 0.1 }, 1).Value;

        (split.Train.Length, split.Validation.Length, split.Test.Length).ShouldBe((29_305, 3_256, 16_281));
    }

    [Fact]
    public void The_profile_suggests_what_a_person_would()
    {
        var columns = TableProfile.Of(Adult.Value).Columns.ToDictionary(column => column.Name);

        columns["income"].Task.ShouldBe(TaskKind.Binary);
        columns["marital_status"].Task.ShouldBe(TaskKind.Multiclass);
        columns["age"].Task.ShouldBe(TaskKind.Regression);
        columns.Values.Where(column => column.Role != ColumnRole.Input).Select(column => (column.Name, column.Role)).ShouldBe([("split", ColumnRole.Split)]);
    }

    [Fact]
    public void No_input_leaks_the_tasks_of_the_example()
    {
        TaskDefinition[] tasks = [new("income", "income", TaskKind.Binary), new("never_married", "marital_status", TaskKind.Binary) { Positive = "Never-married" }];

        Leaks.Find(Adult.Value, tasks).ShouldBeEmpty();
    }

    [Fact]
    public void A_copied_code_is_a_leak() =>
        Leaks.Find(Adult.Value, [new("education", "education", TaskKind.Multiclass)]).ShouldHaveSingleItem().Column.ShouldBe("education_num");
}
