using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Profiling;

public sealed class TableProfileTests
{
    [Fact]
    public void Numbers_are_summed_up()
    {
        var profile = Profile(new NumericColumn("x", [4, 1, float.NaN, 3, 2]));

        profile.Missing.ShouldBe(1);
        profile.Distinct.ShouldBe(4);
        profile.Numbers.ShouldNotBeNull();
        (profile.Numbers.Minimum, profile.Numbers.Median, profile.Numbers.Maximum, profile.Numbers.Mean).ShouldBe((1, 2.5, 4, 2.5));
        profile.Numbers.StandardDeviation.ShouldBe(Math.Sqrt(1.25), 1e-12);
        profile.Numbers.IsInteger.ShouldBeTrue();
        profile.Histogram.Select(bar => (bar.Label, bar.Count)).ShouldBe([("1", 1), ("2", 1), ("3", 1), ("4", 1)]);
        profile.Samples.ShouldBe(["4", "1", "3", "2"]);
    }

    [Fact]
    public void Many_numbers_make_twenty_bars_that_hold_every_value()
    {
        var profile = Profile(new NumericColumn("x", [.. Enumerable.Range(0, 1000).Select(i => i / 10f)]));

        profile.Histogram.Count.ShouldBe(20);
        profile.Histogram.ShouldAllBe(bar => bar.Count >= 49 && bar.Count <= 51);
        profile.Histogram.Sum(bar => bar.Count).ShouldBe(1000);
        profile.Histogram[0].From.ShouldBe(0);
        profile.Histogram[^1].To!.Value.ShouldBe(99.9, 1e-5);
        profile.Histogram[1].Label.ShouldBe("4.995 – 9.99");
    }

    [Fact]
    public void Texts_make_twenty_bars_and_one_for_the_others()
    {
        var profile = Profile(TextColumn.Of("s", Enumerable.Range(1, 30).SelectMany(k => Enumerable.Repeat($"c{k}", k)).Append(null)));

        profile.Histogram.Count.ShouldBe(21);
        profile.Histogram[0].ShouldBe(new HistogramBar("c30", 30));
        profile.Histogram[^1].ShouldBe(new HistogramBar("10 others", 55) { Others = 10 });
        profile.Missing.ShouldBe(1);
        profile.Distinct.ShouldBe(30);
        profile.Numbers.ShouldBeNull();
    }

    [Fact]
    public void Dates_are_shown_as_dates()
    {
        var profile = Profile(new NumericColumn("day", [0, 19783], ColumnType.Date));

        profile.Histogram.Select(bar => bar.Label).ShouldBe(["1970-01-01", "2024-03-01"]);
        profile.Samples.ShouldBe(["1970-01-01", "2024-03-01"]);
    }

    [Fact]
    public void The_preview_holds_the_first_rows_as_texts()
    {
        var table = new Table([new NumericColumn("x", [1.5f, float.NaN, 3]), TextColumn.Of("s", ["a", "b", null])]);

        TableProfile.Of(table, previewRows: 2).Preview.ShouldBe([["1.5", "a"], ["", "b"]]);
        TableProfile.Of(table).Preview.Count.ShouldBe(3);
    }

    public static TheoryData<string, Column, ColumnRole, TaskKind?, string, string> Suggested => new()
    {
        { "measurement", Numbers("x", i => i * 0.37f), ColumnRole.Input, TaskKind.Regression, "", "It is a number." },
        { "few whole numbers", Numbers("rooms", i => i % 6), ColumnRole.Input, TaskKind.Multiclass, "", "It has 6 different whole numbers; take regression if their order counts." },
        { "zero and one", Numbers("bought", i => i % 2), ColumnRole.Input, TaskKind.Binary, "", "It has two different values." },
        { "two texts", Texts("answer", i => i % 3 == 0 ? "yes" : "no"), ColumnRole.Input, TaskKind.Binary, "", "It has two different values." },
        { "some texts", Texts("colour", i => $"c{i % 7}"), ColumnRole.Input, TaskKind.Multiclass, "", "It has 7 different labels." },
        { "many texts", Texts("town", i => $"t{i % 60}"), ColumnRole.Input, null, "", "60 different labels are too many to tell apart; at most 50 are suggested." },
        { "date", new NumericColumn("day", [.. Enumerable.Range(0, 100).Select(i => (float)i)], ColumnType.Date), ColumnRole.Input, null, "", "Dates are not suggested as tasks." },
        { "running number", Numbers("row", i => i + 1000), ColumnRole.Identifier, null, "100 different values in 100 rows tell rows apart and carry nothing to learn from.", "It identifies rows." },
        { "numbers called so", Numbers("customer_id", i => i * 7919 % 100_000), ColumnRole.Identifier, null, "100 different values in 100 rows tell rows apart and carry nothing to learn from.", "It identifies rows." },
        { "whole measurement", Numbers("price", i => i * 7919 % 100_000), ColumnRole.Input, TaskKind.Regression, "", "It is a number." },
        { "names", Texts("name", i => $"person {i}"), ColumnRole.Identifier, null, "100 different values in 100 rows tell rows apart and carry nothing to learn from.", "It identifies rows." },
        { "sentences", Texts("review", i => $"we had {i} cups of tea"), ColumnRole.Text, null, "Texts of about 6 words: too different to be categories, to be read as a text by an encoder for texts.", "It is a text, not a label." },
        { "few sentences", Texts("answer", i => $"I agree with {i % 5} of them"), ColumnRole.Input, TaskKind.Multiclass, "", "It has 5 different labels." },
        { "tags", Texts("entities", i => i % 2 == 0 ? "O B-PER I-PER O" : "O O"), ColumnRole.Tags, TaskKind.Tagging, "Its values are a tag for each word of a text, which says what a tagging task is to find.", "Its values are a tag for each word of a text." },
        { "constant", Numbers("unit", _ => 5), ColumnRole.Constant, null, "Every value is '5'.", "A task needs at least two different labels; there is one." },
        { "empty", Numbers("nothing", _ => float.NaN), ColumnRole.Constant, null, "No row has a value.", "A task needs labels; no row has a value." },
        { "split", Texts("fold", i => i % 5 == 0 ? "test" : "train"), ColumnRole.Split, null, "Its values label rows as train and test.", "It tells rows apart into train and test." },
    };

    [Theory]
    [MemberData(nameof(Suggested))]
    public void Uses_are_suggested_with_a_reason(string name, Column column, ColumnRole role, TaskKind? task, string roleReason, string taskReason)
    {
        var profile = Profile(column);

        (profile.Role, profile.Task, profile.RoleReason, profile.TaskReason).ShouldBe((role, task, roleReason, taskReason), name);
    }

    [Fact]
    public void Numbers_that_read_as_text_are_remarked_on() => Profile(Texts("x", i => i == 41 ? "many" : $"{i}")).Remarks.ShouldBe(
        ["99 of 100 values are numbers, but 'many' in row 42 is not, so the column is text. Correct or empty such values to have numbers."]);

    [Fact]
    public void A_hundred_thousand_categories_are_remarked_on()
    {
        var profile = Profile(TextColumn.Of("id", Enumerable.Range(0, 100_000).Select(i => $"c{i}")));

        profile.Role.ShouldBe(ColumnRole.Identifier);
        profile.Remarks.ShouldBe(["100,000 categories are more than a model can learn well; the most frequent are kept and the rest share one place."]);
    }

    private static NumericColumn Numbers(string name, Func<int, float> value) => new(name, [.. Enumerable.Range(0, 100).Select(value)]);

    private static TextColumn Texts(string name, Func<int, string> value) => TextColumn.Of(name, Enumerable.Range(0, 100).Select(value));

    private static ColumnProfile Profile(Column column) => TableProfile.Of(new Table([column])).Columns[0];
}
