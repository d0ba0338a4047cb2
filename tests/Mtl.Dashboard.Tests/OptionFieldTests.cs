using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Tests;

public class OptionFieldTests
{
    private static readonly OptionInfo Rate = new("learningRate", OptionType.Number, 0.001, "Step size.", 0, 10);
    private static readonly OptionInfo Widths = new("widths", OptionType.IntegerList, new long[] { 128, 64 }, "Units.", 1, 1024);

    [Theory]
    [InlineData("1e-4", null)]
    [InlineData("0.5", null)]
    [InlineData("fast", "Learning rate is a number.")]
    [InlineData("0,5", "Learning rate is a number.")]
    [InlineData("11", "Learning rate is 0 to 10.")]
    [InlineData("NaN", "Learning rate is a number.")]
    [InlineData("", "Learning rate is a number.")]
    public void A_number_is_read_within_its_bounds(string text, string? problem) => new OptionField(Rate, text).Problem.ShouldBe(problem);

    [Fact]
    public void A_list_is_read_item_by_item()
    {
        new OptionField(Widths, "256, 32").Read().Value.ToJsonString().ShouldBe("[256,32]");
        new OptionField(Widths, "256, 0").Problem.ShouldBe("Each item of widths is 1 to 1024.");
    }

    [Fact]
    public void A_field_begins_with_the_default_and_reports_only_changes()
    {
        var form = new OptionForm([Rate, Widths, new("schedule", OptionType.Choice, "constant", "", Choices: ["constant", "cosine"])]);
        form.Fields.Select(field => field.Text).ShouldBe(["0.001", "128, 64", "constant"]);
        form.Changed().ShouldBeEmpty();

        form["learningRate"].Text = "0.01";
        form.Changed().Single().ShouldSatisfyAllConditions(change => change.Key.ShouldBe("learningRate"), change => change.Value!.ToJsonString().ShouldBe("0.01"));
    }

    [Fact]
    public void A_given_value_fills_the_field() =>
        OptionField.Of(Widths, new JsonArray(16, 8)).Text.ShouldBe("16, 8");

    [Fact]
    public void A_choice_outside_the_list_is_refused() =>
        new OptionField(new("schedule", OptionType.Choice, "constant", "", Choices: ["constant", "cosine"]), "step").Problem.ShouldBe("Schedule is one of constant, cosine.");
}
