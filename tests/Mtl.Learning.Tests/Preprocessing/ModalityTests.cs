using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Preprocessing;

/// <summary>Which columns make a modality, what the model gets of them, and what is refused before training.</summary>
public class ModalityTests
{
    private const int Rows = 40;

    private static readonly Table Table = new(
    [
        .. Enumerable.Range(0, 8).Select(place => new NumericColumn($"p{place}", [.. Enumerable.Range(0, Rows).Select(row => (float)((row * 7 + place * 3) % 11))])),
        TextColumn.Of("text", Enumerable.Range(0, Rows).Select(row => row % 9 == 0 ? null : $"Word{row % 5} and  word{row % 3}")),
        new NumericColumn("x", [.. Enumerable.Range(0, Rows).Select(row => (float)row)]),
        TextColumn.Of("two", Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "rare" : "often")),
    ]);

    private static readonly ExperimentDefinition Definition = new("modalities", new DataDefinition { Path = "modalities.csv" }, [new TaskDefinition("task", "two", TaskKind.Binary)]);

    private static readonly ModalityDefinition Image = new("image", ModalityKind.Image, ["p*"]) { Channels = 2, Encoder = new("image-cnn") };
    private static readonly ModalityDefinition Series = new("series", ModalityKind.Series, ["p*"]) { Channels = 2, Encoder = new("temporal-cnn") };
    private static readonly ModalityDefinition Text = new("text", ModalityKind.Text, ["text"]) { Encoder = new("text-cnn"), Tokenizer = Sample.Choice("words", ("maximumTokens", 4)) };

    public static TheoryData<string, ModalityDefinition[], string, string> Mistakes => new()
    {
        {
            "an unknown column", [Image with { Columns = ["p0", "q"] }],
            "The table has no column 'q'. It has 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'text', 'x', 'two'. Correct the name; case matters.", "inputs.modalities[0].columns[1]"
        },
        { "a pattern without columns", [Image with { Columns = ["q*"] }], "Modality 'image': no input column fits the pattern 'q*'. '*' stands for any characters; case matters.", "inputs.modalities[0].columns[0]" },
        { "a task's column", [Text with { Columns = ["two"] }], "Modality 'text' names 'two', the column of task 'task', which can't be an input. Leave it out.", "inputs.modalities[0].columns[0]" },
        { "a column in two modalities", [Image, Series with { Columns = ["p0", "p1", "x", "p2"] }], "The column 'p0' belongs to modality 'image' and to 'series'. Name it in one of them.", "inputs.modalities[1].columns" },
        { "a column twice", [Series with { Columns = ["p*", "p3", "x"] }], "Modality 'series' names the column 'p3' twice. Name it once.", "inputs.modalities[0].columns" },
        { "a text of two columns", [Text with { Columns = ["text", "x"] }], "Modality 'text' is a text and has 2 columns: 'text', 'x'. A text is one column; make each a modality of its own.", "inputs.modalities[0].columns" },
        { "an image with text", [Image with { Columns = ["p0", "p1", "p2", "text"] }], "Modality 'image' is an image, but its column 'text' holds text. Name columns of numbers only.", "inputs.modalities[0].columns" },
        { "no square", [Image with { Channels = 1 }], "Modality 'image' has 8 columns, which make no square image of 1 channel. Correct the columns, or channels, height and width.", "inputs.modalities[0].columns" },
        { "another size", [Image with { Height = 3, Width = 2 }], "Modality 'image' has 8 columns; an image of 2 × 3 × 2 has 12. Correct the columns, or channels, height and width.", "inputs.modalities[0].columns" },
        { "a broken series", [Series with { Channels = 3 }], "Modality 'series' has 8 columns, which are no series of 3 numbers each moment. Name at least two moments, all of them whole, or correct channels.", "inputs.modalities[0].columns" },
        {
            "an image encoder on a text", [Text with { Encoder = new("image-cnn") }],
            "Encoder 'image-cnn' can't read modality 'text', a text; it is for images. For texts there are text-cnn, transformer.", "inputs.modalities[0].encoder"
        },
        { "the definition's encoder on an image", [Image with { Encoder = null }], "Encoder 'mlp' can't read modality 'image', an image; it is for ordinary columns. For images there are image-cnn, resnet.", "encoder" },
        { "the definition's encoder on a series", [Series with { Encoder = new("transformer") }], "Encoder 'transformer' can't read modality 'series', a series; it is for texts. For series there are temporal-cnn.", "inputs.modalities[0].encoder" },
        { "a kind without need", [Text with { Kind = ModalityKind.Columns, Tokenizer = null }], "Modality 'text' is of kind 'columns', which every input column is that belongs to no modality. Leave it out; kinds are text, image and series.", "inputs.modalities[0].kind" },
        { "no column", [Image with { Columns = [] }], "Modality 'image' names no column. Name its columns, or a pattern such as p*.", "inputs.modalities[0].columns" },
        { "a bad name", [Image with { Name = "my image" }], "The modality name 'my image' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'.", "inputs.modalities[0].name" },
        { "a taken name", [Image with { Name = "columns" }], "A modality can't be named 'columns': the inputs that belong to no modality carry that name.", "inputs.modalities[0].name" },
        { "one name twice", [Image, Text with { Name = "image" }], "Two modalities are named 'image'; a modality's name is unique in its experiment.", "inputs.modalities[1].name" },
        { "a tokenizer on an image", [Image with { Tokenizer = new("words") }], "Modality 'image' has a tokenizer, but is of kind 'image'. Only a text has one; leave it out.", "inputs.modalities[0].tokenizer" },
        { "an unknown tokenizer", [Text with { Tokenizer = new("word") }], "There is no tokenizer 'word'; the tokenizers are words, byte-pair. Did you mean 'words'?", "inputs.modalities[0].tokenizer" },
        { "half a size", [Image with { Height = 2 }], "Modality 'image' has only one of height and width. Give both, or neither for a square image.", "inputs.modalities[0].height" },
        { "no channels", [Image with { Channels = 0 }], "inputs.modalities[0].channels is 0; allowed is 1 to 1024.", "inputs.modalities[0].channels" },
        { "a size on a text", [Text with { Height = 2, Width = 2 }], "Modality 'text' is of kind 'text', which has no height and width. Leave them out.", "inputs.modalities[0].height" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused_with_reason_and_field(string name, ModalityDefinition[] modalities, string error, string field)
    {
        var refused = TrainingPlan.Create(With(modalities), Table, MethodCatalogue.Standard).Error.ShouldNotBeNull(name);

        (refused.Kind, refused.ToString(), refused.Field).ShouldBe((ErrorKind.Invalid, error, field));
    }

    [Fact]
    public void An_encoder_for_modalities_does_not_read_the_columns_beside_them()
    {
        var refused = TrainingPlan.Create(With(Image) with { Encoder = new("image-cnn") }, Table, MethodCatalogue.Standard).Error!;

        refused.ToString().ShouldBe(
            "Encoder 'image-cnn' can't read the input columns 'text', 'x', numbers and categories; it is for images. "
            + "For ordinary columns there are mlp. Give each modality an encoder of its own, or exclude these columns.");
    }

    [Fact]
    public void Pixels_of_a_channel_share_the_training_rows_scale_and_gaps_become_its_mean()
    {
        var plan = Fit(new ModalityDefinition("image", ModalityKind.Image, ["a", "b", "c", "d"]) { Channels = 2, Height = 1, Width = 2 },
            new NumericColumn("a", [0, 2]), new NumericColumn("b", [4, 6]), new NumericColumn("c", [5, 5]), new NumericColumn("d", [5, 5]));

        var matrix = FeatureMatrix.Compute(plan, new Table([new NumericColumn("a", [3, float.NaN]), new NumericColumn("b", [8, 3]), new NumericColumn("c", [6, 5]), new NumericColumn("d", [5, 5])]));

        var deviation = (float)Math.Sqrt(5);
        matrix.Features.ShouldBe([0, 5 / deviation, 1, 0, 0, 0, 0, 0]);
        plan.PreprocessedInputs().Image!.Shape.ShouldBe(["batch", 2, 1, 2]);
    }

    [Fact]
    public void A_small_deviation_about_a_large_mean_is_kept()
    {
        float[] times = [1.7e9f, 1.7e9f + 256, 1.7e9f + 512, 1.7e9f + 768];
        var plan = Fit(new ModalityDefinition("series", ModalityKind.Series, ["a", "b"]), new NumericColumn("a", times[..2]), new NumericColumn("b", times[2..]));

        plan.Columns.Cast<NumericInput>().ShouldAllBe(column => Math.Abs(column.Deviation - (128 * Math.Sqrt(5))) < 1e-3);
    }

    [Fact]
    public void A_series_is_given_moment_by_moment()
    {
        var plan = Fit(new ModalityDefinition("series", ModalityKind.Series, ["a", "b", "c", "d"]) { Channels = 2 },
            new NumericColumn("a", [0, 2]), new NumericColumn("b", [10, 10]), new NumericColumn("c", [4, 6]), new NumericColumn("d", [10, 10]));

        plan.PreprocessedInputs().Series!.Shape.ShouldBe(["batch", 2, 2]);
        ((NumericInput)plan.Columns[0]).Mean.ShouldBe(3);
        ((NumericInput)plan.Columns[1]).Mean.ShouldBe(10);
        ((NumericInput)plan.Columns[2]).Mean.ShouldBe(3);
    }

    [Fact]
    public void Words_become_ids_by_frequency_with_padding_and_what_is_unknown()
    {
        var plan = Fit(Text, TextColumn.Of("text", ["the cat", "The dog", "a dog the", null]));

        var inputs = plan.PreprocessedInputs();
        FeatureMatrix.Compute(plan, new Table([TextColumn.Of("text", ["THE  dog", "no dog at all a", null])])).Categories.ShouldBe([2, 3, 0, 0, 1, 3, 1, 1, 0, 0, 0, 0]);
        inputs.Tokens!.Count.ShouldBe(6);
        inputs.Tokens.Ids.Shape.ShouldBe(["batch", 4]);
        plan.Columns[0].Describe().ShouldBe(new ModelInput("text", InputKind.Text) { MaximumTokens = 4 });
    }

    [Fact]
    public void Several_modalities_are_parts_of_the_inputs_each_with_its_own()
    {
        var plan = TrainingPlan.Create(With(Image, Text), Table, MethodCatalogue.Standard).Value;

        var inputs = plan.Features.PreprocessedInputs();

        inputs.Parts.Select(part => part.Name).ShouldBe(["columns", "image", "text"]);
        (inputs.Parts[0].Inputs.Features!.Shape[1].Value, inputs.Parts[1].Inputs.Image!.Shape[1].Value, inputs.Parts[2].Inputs.Tokens!.Length).ShouldBe((1, 2, 4));
        (inputs.Features, inputs.Image, inputs.Tokens).ShouldBe((null, null, null));
        plan.Signature.Inputs.Select(input => input.Name).ShouldBe(["x", "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "text"]);
    }

    private static ExperimentDefinition With(params ModalityDefinition[] modalities) => Definition with { Inputs = new InputsDefinition { Modalities = modalities } };

    private static FeaturePlan Fit(ModalityDefinition modality, params Column[] training)
    {
        var table = new Table([.. training, TextColumn.Of("two", Enumerable.Range(0, training[0].Count).Select(row => row % 2 == 0 ? "a" : "b"))]);
        var completed = DefinitionRules.Complete(With(modality), MethodCatalogue.Standard).Value;
        return InputColumns.Choose(completed, table).Value.Fit([.. Enumerable.Range(0, table.RowCount)], new PreprocessingDefinition());
    }
}
