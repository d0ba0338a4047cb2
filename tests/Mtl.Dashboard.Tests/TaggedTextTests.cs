using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Tests;

public class TaggedTextTests
{
    [Theory]
    [InlineData("I met Anna  Berg in New York", "O O B-PER I-PER O B-LOC I-LOC", "I met|Anna Berg=PER|in|New York=LOC")]
    [InlineData("Anna Otto", "B-PER B-PER", "Anna=PER|Otto=PER")]
    [InlineData("Anna Oslo", "I-PER I-LOC", "Anna=PER|Oslo=LOC")]
    [InlineData("one two three", "NUM NUM", "one=NUM|two=NUM|three")]
    [InlineData("", "", "")]
    public void Words_under_one_tag_stand_together(string text, string tags, string expected) =>
        string.Join('|', TaggedText.Of(text, tags).Select(span => span.Tag.Length == 0 ? span.Words : $"{span.Words}={span.Tag}")).ShouldBe(expected);

    [Fact]
    public void A_tagging_task_finds_its_text_and_other_tasks_have_none()
    {
        var form = new PredictionForm(new(
            [new("title", InputKind.Text), new("body", InputKind.Text), new("age", InputKind.Numeric)],
            [new("entities", "tags", TaskKind.Tagging, ["O", "B-PER"]), new("stars", "stars", TaskKind.Regression, [])]));
        form.Fields[0].Text = "Hello";
        form.Fields[1].Text = "Anna came";

        form.TaggedText("entities", "B-PER O", form.Row).ShouldBe("Anna came");
        form.TaggedText("entities", "O O O", form.Row).ShouldBe("Hello");
        form.TaggedText("stars", "", form.Row).ShouldBeNull();
    }
}
