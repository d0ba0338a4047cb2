using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Preprocessing.Targets;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Preprocessing;

public class TaggingTargetTests
{
    private static readonly ModalityDefinition Text = new("text", ModalityKind.Text, ["text"]) { Tokenizer = Sample.Choice("words", ("maximumTokens", 3)) };

    [Fact]
    public void Each_token_has_its_tag_and_there_is_none_beyond_the_end()
    {
        var target = Plan(Text, "A B O B", "O B", null).Value.Tasks[0].Target.ShouldBeOfType<TaggingTarget>();

        target.Tags.ShouldBe(["A", "B", "O"]);
        target.Values.Take(9).ShouldBe([0, 1, 2, 2, 1, -1, -1, -1, -1]);
        target.Labelled.Take(3).ShouldBe([1, 1, 0]);
        (target.Width, target.Outputs, target.Bias.Count).ShouldBe((3, 9, 9));
    }

    [Theory]
    [InlineData(3, 1 / 6.0, "Task 'tags': 16.67 % of the tagged words are beyond the 3 that the model reads of a text, and are neither learnt nor measured. Raise the tokenizer's maximumTokens to have them.")]
    [InlineData(4, 0, null)]
    public void Words_beyond_those_that_the_model_reads_are_warned_of_at_the_start(int maximumTokens, double share, string? warning)
    {
        var plan = Plan(Text with { Tokenizer = Sample.Choice("words", ("maximumTokens", maximumTokens)) }, "A B O B", "O B", null).Value;
        var listener = new RecordingListener();

        new Trainer(plan).Run(listener, null, new CancellationToken(canceled: true)).ShouldBeOfType<TrainingOutcome.Stopped>();

        plan.Tasks[0].Target.ShouldBeOfType<TaggingTarget>().CutShare.ShouldBe(share, 1e-12);
        listener.Lines.ShouldBe(warning is null ? [] : [warning]);
    }

    [Fact]
    public void Another_number_of_tags_than_of_words_is_refused() => Plan(Text, "A B O", "O B", null).Error!.ToString().ShouldBe(
        "Task 'tags': row 1 has 3 tags in column 'tags', but 4 words in column 'text'; tagging takes a tag for each word. Words and tags are what stands between spaces; correct the row, or leave its tags empty.");

    [Fact]
    public void Tagging_needs_a_text_cut_into_words()
    {
        Plan(Text with { Tokenizer = new Choice("byte-pair") }, "A B O B", "O B", null).Error!.ToString().ShouldBe(
            "Task 'tags' is tagging, which gives each word of a text a tag, but the tokenizer of modality 'text' cuts words into parts. Give the modality tokenizer 'words'.");
        Plan(new ModalityDefinition("image", ModalityKind.Image, ["x"]) { Encoder = new Choice("image-cnn") }, "A B O B", "O B", null).Error!.ToString().ShouldBe(
            "Task 'tags' is tagging, which gives each word of a text a tag, but the inputs have no text. Make a text column a modality of kind 'text' with tokenizer 'words' (inputs.modalities).");
    }

    private static Mtl.Core.Result<TrainingPlan> Plan(ModalityDefinition modality, params string?[] tags)
    {
        string?[] texts = ["one two three four", "one two", "six"];
        var rows = Enumerable.Range(0, 30).ToArray();
        var table = new Table(
        [
            TextColumn.Of("text", rows.Select(row => texts[row % 3])),
            new NumericColumn("x", [.. rows.Select(row => (float)row)]),
            TextColumn.Of("tags", rows.Select(row => tags[row % 3])),
        ]);
        var definition = new ExperimentDefinition("tagging", new DataDefinition { Path = "tagging.csv" }, [new TaskDefinition("tags", "tags", TaskKind.Tagging)])
        {
            Inputs = new InputsDefinition { Exclude = modality.Kind == ModalityKind.Text ? ["x"] : ["text"], Modalities = [modality] },
            Encoder = new Choice("text-cnn"),
        };
        return TrainingPlan.Create(definition, table, MethodCatalogue.Standard);
    }
}
