using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Architectures;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Training;

/// <summary>Tags for the words of a text: what is refused, and what any architecture gives.</summary>
public class TaggingTests
{
    private const int Rows = 60;
    private const int Length = 6;

    private static readonly ModalityDefinition Text = new("text", ModalityKind.Text, ["text"]) { Tokenizer = Sample.Choice("words", ("maximumTokens", Length)) };

    private static readonly ExperimentDefinition Definition = new("tags", new DataDefinition { Path = "tags.csv" },
    [
        new TaskDefinition("names", "tags", TaskKind.Tagging),
        new TaskDefinition("kind", "kind", TaskKind.Binary) { Positive = "long" },
    ])
    {
        Inputs = new InputsDefinition { Include = ["text"], Modalities = [Text] },
        Encoder = Sample.Choice("transformer", ("heads", 2), ("headWidth", 4), ("layers", 2), ("dropout", 0.0)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.03)),
        Training = new TrainingDefinition { Epochs = 12, BatchSize = 16, Patience = 0, Threads = 1 },
    };

    public static TheoryData<string> Architectures => [.. ArchitectureTable.Methods.Select(method => method.Key)];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_architecture_gives_each_word_its_tag(string architecture)
    {
        var plan = TrainingPlan.Create(Definition with { Architecture = new Choice(architecture) }, Table(), MethodCatalogue.Standard).Value;

        plan.BuildModel(plan.Features.PreprocessedInputs(), training: true).Outputs.Select(output => $"{output.Shape}").ShouldBe([$"[batch, {Length * 3}]", "[batch, 1]"]);
    }

    [Theory]
    [InlineData("transformer")]
    [InlineData("text-cnn")]
    public void Tags_are_learned_and_exported_up_to_the_texts_end(string encoder)
    {
        var plan = TrainingPlan.Create(encoder == "transformer" ? Definition : Definition with { Encoder = new Choice(encoder) }, Table(), MethodCatalogue.Standard).Value;
        var result = new Trainer(plan).Run(new RecordingListener(), null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;
        var onnx = ModelExport.ToOnnx(plan, result.Parameters);

        result.Metrics.Single(metric => metric.Key == "names/test_entity_f1").Value.ShouldBe(1);
        result.Metrics.Single(metric => metric.Key == "names/test_token_accuracy").Value.ShouldBe(1);
        ParityCheck.Run(plan, result.Parameters, onnx).IsWithinTolerance.ShouldBeTrue();
        plan.Signature.Outputs[0].ShouldSatisfyAllConditions(
            output => output.Labels.ShouldBe(["B-X", "I-X", "O"]),
            output => output.Width.ShouldBe(Length * 3));
        using var model = Executable.Load(onnx, "tags").Value;
        var answers = model.Run(new Dictionary<string, Tensor> { ["text"] = Tensor.Column(["a bob smith a", "", "bob  SMITH a a a a a bob", "unheard"]) }).Value;
        answers["names"].Shape.ShouldBe([4, Length, 3]);
        answers["names_label"].Shape.ShouldBe([4, Length]);
        var labels = answers["names_label"].Values<string>().Chunk(Length).ToArray();
        labels[0].ShouldBe(["O", "B-X", "I-X", "O", "", ""]);
        labels[1].ShouldAllBe(label => label.Length == 0);
        labels[2].ShouldBe(["B-X", "I-X", "O", "O", "O", "O"]);
        labels[3].Count(label => label.Length > 0).ShouldBe(1);
        var sums = answers["names"].Values<float>().Chunk(3).Select(word => word.Sum()).ToArray();
        for (var word = 0; word < sums.Length; word++)
            sums[word].ShouldBe(labels[word / Length][word % Length].Length > 0 ? 1 : 0, 1e-5f);
        result.Confusion.Single(confusion => confusion.Task == "names").Counts.Sum(row => row.Sum()).ShouldBe(
            plan.TestRows.Sum(row => plan.Tasks[0].Target.Values.AsSpan(row * Length, Length).ToArray().Count(tag => tag >= 0)));
    }

    public static TheoryData<string, ExperimentDefinition, string, string> Mistakes => new()
    {
        {
            "a row with a tag too few", With(Definition.Inputs, "short"),
            "Task 'names': row 4 has 2 tags in column 'short', but 3 words in column 'text'; tagging takes a tag for each word. Words and tags are what stands between spaces; correct the row, or leave its tags empty.", "tasks[0].column"
        },
        {
            "a row without a text", With(Definition.Inputs with { Include = ["gaps"], Modalities = [Text with { Columns = ["gaps"] }] }, "tags"),
            "Task 'names': row 3 has 1 tag in column 'tags', but 0 words in column 'gaps'; tagging takes a tag for each word. Words and tags are what stands between spaces; correct the row, or leave its tags empty.", "tasks[0].column"
        },
        {
            "one tag", With(Definition.Inputs, "same"),
            "Task 'names' is tagging, but column 'same' has 1 tag; 2 to 1000 are allowed. Choose a column that has a tag for each word, with spaces between.", "tasks[0].column"
        },
        {
            "parts of words", With(Definition.Inputs with { Modalities = [Text with { Tokenizer = new Choice("byte-pair") }] }, "tags"),
            "Task 'names' is tagging, which gives each word of a text a tag, but the tokenizer of modality 'text' cuts words into parts. Give the modality tokenizer 'words'.", "tasks[0].kind"
        },
        {
            "no text", With(new InputsDefinition { Include = ["number"] }, "tags") with { Encoder = new Choice("mlp") },
            "Task 'names' is tagging, which gives each word of a text a tag, but the inputs have no text. Make a text column a modality of kind 'text' with tokenizer 'words' (inputs.modalities).", "tasks[0].kind"
        },
        {
            "a text and a number", With(new InputsDefinition { Include = ["text", "number"], Modalities = [Text with { Encoder = new Choice("text-cnn") }] }, "tags") with { Encoder = new Choice("mlp") },
            "Task 'names' is tagging, which gives each word of a text a tag, but the inputs are more than one text. Leave one text modality, and exclude the other columns (inputs.exclude).", "tasks[0].kind"
        },
        {
            "a loss for rows", Definition with { Tasks = [Definition.Tasks[0] with { Loss = new Choice("dice") }] },
            "Task 'names' is tagging; loss 'dice' is for tasks of kind binary, multiclass, multilabel. Leave the loss out, or take 'cross-entropy'.", "tasks[0].loss"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_before_any_training(string mistake, ExperimentDefinition definition, string complaint, string field)
    {
        var created = TrainingPlan.Create(definition, Table(), MethodCatalogue.Standard);
        created.Error.ShouldNotBeNull(mistake).ToString().ShouldBe(complaint);
        created.Error!.Field.ShouldBe(field);
    }

    private static ExperimentDefinition With(InputsDefinition inputs, string tags) => Definition with { Inputs = inputs, Tasks = [new TaskDefinition("names", tags, TaskKind.Tagging)] };

    /// <summary>Texts of one to seven words; "bob" begins a name, and "smith" goes on with it. Every fifth row has no tags.</summary>
    private static Table Table()
    {
        string[] texts = [.. Enumerable.Range(0, Rows).Select(row => string.Join(' ', Enumerable.Range(0, row == 2 ? 1 : Math.Max(1, row % 8)).Select(word => Word(row, word))))];
        string?[] tags = [.. texts.Select((text, row) => row % 5 == 4 ? null : string.Join(' ', text.Split(' ').Select(Tag)))];
        return new Table(
        [
            TextColumn.Of("text", texts),
            TextColumn.Of("gaps", texts.Select((text, row) => row == 2 ? null : text)),
            TextColumn.Of("tags", tags),
            TextColumn.Of("short", tags.Select((sequence, row) => row == 3 ? "O O" : sequence)),
            TextColumn.Of("same", texts.Select(text => string.Join(' ', text.Split(' ').Select(_ => "O")))),
            TextColumn.Of("kind", texts.Select(text => text.Split(' ').Length > 3 ? "long" : "short")),
            new NumericColumn("number", [.. texts.Select(text => (float)text.Length)]),
        ]);
    }

    private static string Word(int row, int word) => ((row * 7) + (word * 3)) % 4 == 0 ? "bob" : word > 0 && ((row * 7) + ((word - 1) * 3)) % 4 == 0 ? "smith" : "a";

    private static string Tag(string word) => word switch
    {
        "bob" => "B-X",
        "smith" => "I-X",
        _ => "O",
    };
}
