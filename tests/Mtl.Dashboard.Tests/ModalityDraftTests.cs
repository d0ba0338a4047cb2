using Mtl.Application.Definitions;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Data.Generators;
using Mtl.Data.Profiling;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Tests;

public class ModalityDraftTests
{
    private static readonly Table Texts = Reviews.Generate(200);

    private readonly WizardState state = new(MethodCatalogue.Standard);

    [Fact]
    public void The_three_tasks_of_a_text_are_made_of_suggestions_and_one_click()
    {
        Open(Texts);
        foreach (var column in state.Profile!.Columns.Where(column => column.Task is not null))
            state.Draft.Toggle(column.Name, column.Task!.Value);
        state.Draft.Tasks.Select(task => (task.Name, task.Kind)).ShouldBe([("topic", TaskKind.Multiclass), ("entities", TaskKind.Tagging), ("sentiment", TaskKind.Binary)]);
        state.Blocked(WizardStep.Inputs).ShouldBe("Choose at least one input.");

        state.Draft.AddModality(ModalityKind.Text, "text");

        (state.Reachable, state.UsesEncoder).ShouldBe((WizardStep.Review, false));
        var definition = state.ToDefinition();
        var modality = definition.Inputs.Modalities.ShouldHaveSingleItem();
        (modality.Name, modality.Kind, modality.Columns[0], modality.Encoder!.Key, modality.Tokenizer!.Key).ShouldBe(("text", ModalityKind.Text, "text", "text-cnn", "words"));
        definition.Inputs.Exclude.ShouldBeEmpty();
        TrainingPlan.Create(definition, Texts, MethodCatalogue.Standard).Error.ShouldBeNull();
    }

    [Fact]
    public void A_tagging_task_is_not_let_on_with_other_inputs_than_its_text()
    {
        Open(Texts);
        state.Draft.Toggle("entities", TaskKind.Tagging);
        state.Draft.AddModality(ModalityKind.Text, "text");
        state.Blocked(WizardStep.Inputs).ShouldBe("A tagging task takes one text as its only input: read a column as a text, and leave the others out.");

        state.Choose(ColumnType.Text, false);
        state.Blocked(WizardStep.Inputs).ShouldBeNull();
        state.Inputs().Select(input => (input.Column.Name, input.IsIncluded, input.Modality)).ShouldBe([("text", true, "text"), ("topic", false, ""), ("sentiment", false, "")]);
    }

    [Theory]
    [InlineData(ModalityKind.Image, "p*", 1, 0, 0, null)]
    [InlineData(ModalityKind.Image, "p*", 3, 2, 2, null)]
    [InlineData(ModalityKind.Image, "p*", 1, 3, 4, null)]
    [InlineData(ModalityKind.Image, "p*", 1, 2, 4, "2 × 4 with 1 channel are 8 numbers, and the columns are 12.")]
    [InlineData(ModalityKind.Image, "p*", 5, 0, 0, "12 columns can't be shared out to 5 channels.")]
    [InlineData(ModalityKind.Image, "p*", 2, 0, 0, "6 pixels are no square; give height and width.")]
    [InlineData(ModalityKind.Series, "p*", 4, 0, 0, null)]
    [InlineData(ModalityKind.Series, "p*", 5, 0, 0, "12 columns can't be shared out to 5 channels.")]
    [InlineData(ModalityKind.Series, "q*", 1, 0, 0, "No column of the table that could be an input is called so.")]
    [InlineData(ModalityKind.Series, "", 1, 0, 0, "Choose its columns.")]
    [InlineData(ModalityKind.Text, "p*", 1, 0, 0, "A text is one column; 12 are called so.")]
    [InlineData(ModalityKind.Image, "p1*", 1, 0, 0, "3 pixels are no square; give height and width.")]
    public void Columns_that_are_no_such_part_are_told_at_once(ModalityKind kind, string columns, int channels, int height, int width, string? problem)
    {
        // p0 to p12, of which p12 is the task.
        Open(new Table([.. Enumerable.Range(0, 13).Select(i => new NumericColumn($"p{i}", [1, 2, 3.5f]))]));
        state.Draft.Toggle("p12", TaskKind.Regression);
        var modality = state.Draft.AddModality(kind, columns.Length == 0 ? [] : [columns]);
        foreach (var (name, size) in new[] { ("channels", channels), ("height", height), ("width", width) })
            modality.Shape[name].Text = $"{size}";

        // 12 pixels of one channel are no square either.
        state.Misfit(modality).ShouldBe(columns == "p*" && kind == ModalityKind.Image && (channels, height) == (1, 0) ? "12 pixels are no square; give height and width." : problem);
        state.Blocked(WizardStep.Inputs).ShouldBe(state.Misfit(modality) is null ? null : "The columns of a text, image or series don't fit; correct them first.");
    }

    [Theory]
    [InlineData(ModalityKind.Text, "text-cnn, transformer")]
    [InlineData(ModalityKind.Image, "image-cnn, resnet")]
    [InlineData(ModalityKind.Series, "temporal-cnn")]
    public void Only_encoders_that_can_read_a_kind_are_offered_the_usual_one_chosen(ModalityKind kind, string keys)
    {
        Open(Texts);
        var added = state.Draft.AddModality(kind);
        string.Join(", ", added.Encoders.Select(method => method.Key)).ShouldBe(keys);
        added.Encoder.Key.ShouldBe(keys.Split(", ")[0]);
    }

    [Fact]
    public void A_part_is_named_after_its_column_or_kind_and_no_other()
    {
        Open(Texts);
        state.Draft.AddModality(ModalityKind.Text, "text").Name.ShouldBe("text");
        state.Draft.AddModality(ModalityKind.Text).Name.ShouldBe("text_2");
        state.Draft.AddModality(ModalityKind.Image, "p*").Name.ShouldBe("p");
        state.Draft.AddModality(ModalityKind.Series, "columns").Name.ShouldBe("columns_2");
    }

    [Fact]
    public void Forms_and_text_hold_the_same_both_ways()
    {
        Open(Texts);
        state.Draft.Toggle("topic", TaskKind.Multiclass);
        var added = state.Draft.AddModality(ModalityKind.Text, "text");
        added.Tokenizer.Form["maximumTokens"].Text = "40";
        var yaml = DefinitionYaml.Write(state.ToDefinition());
        yaml.ShouldContain("maximumTokens: 40");

        state.Write(yaml.Replace("text-cnn", "transformer", StringComparison.Ordinal).Replace("maximumTokens: 40", "maximumTokens: 24", StringComparison.Ordinal) + "\n");

        state.Refusal.ShouldBeNull();
        var modality = state.Draft.Modalities.ShouldHaveSingleItem();
        (modality.Encoder.Key, modality.Tokenizer.Form["maximumTokens"].Text).ShouldBe(("transformer", "24"));
        modality.Tokenizer.Form["maximumTokens"].Text = "12";
        DefinitionYaml.Write(state.ToDefinition()).ShouldContain("maximumTokens: 12");
        state.Draft.Modalities.Clear();
        state.ToDefinition().Inputs.Modalities.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_wrong_by_the_rules_is_said_as_it_is_entered_and_keeps_its_step()
    {
        Open(Texts);
        state.Draft.Toggle("topic", TaskKind.Multiclass);
        var added = state.Draft.AddModality(ModalityKind.Text, "text");
        added.Name = "the text";
        state.Check();
        state.Error!.ToString().ShouldStartWith("The modality name 'the text' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'.");
        state.Error.Field.ShouldBe("inputs.modalities[0].name");
        (state.Blocked(WizardStep.Inputs), state.Reachable).ShouldBe((state.Error.ToString(), WizardStep.Inputs));

        added.Name = "words";
        state.Check();
        (state.Error, state.Reachable).ShouldBe((null, WizardStep.Review));
    }

    private void Open(Table table) => state.Use(new Dataset("t", "table.csv", "/t.csv", true, 1, "", table.RowCount, table.Columns.Count, DateTimeOffset.UnixEpoch), TableProfile.Of(table));
}
