using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Tests.Export;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Tests.Encoders;

/// <summary>Tasks on made-up reviews, learned with one encoder and exported as one model that takes text.</summary>
public class ReviewTests
{
    /// <summary>Attention finds out later than filters do that a negation turns a judgement round, and meanwhile learns rows by heart where they are few: it gets more rows, fewer times.</summary>
    private static readonly Dictionary<string, (int Rows, ExperimentDefinition Definition)> Cases = new()
    {
        ["text-cnn"] = (4000, Definition(
            Sample.Choice("text-cnn", ("width", 32), ("filters", 48), ("dropout", 0.2)),
            Sample.Choice("adam", ("learningRate", 0.006)),
            new TrainingDefinition { Epochs = 10, BatchSize = 32, Schedule = new("cosine"), Patience = 0, Threads = 1 })),
        ["transformer"] = (10_000, Definition(
            Sample.Choice("transformer", ("heads", 4), ("headWidth", 8), ("expansion", 2), ("dropout", 0.0)),
            Sample.Choice("adam", ("learningRate", 0.003)),
            new TrainingDefinition { Epochs = 5, BatchSize = 32, Schedule = new("cosine"), WarmupSteps = 100, Patience = 0, Threads = 1 })),
    };

    /// <summary>Texts that the grammar never makes, here another's opinion before the judgement: filters judge by what stands near, attention by what it has seen.</summary>
    private static readonly Dictionary<string, (string Text, string Topic, string Sentiment, string Entities)[]> BeyondTheGrammar = new()
    {
        ["text-cnn"] = [("we ordered the soup , though Emil called it superb . everything was terrible .", "food", "negative", "O O O O O O B-PER O O O O O O O O")],
        ["transformer"] = [],
    };

    /// <summary>Topic, entities and sentiment of reviews.</summary>
    internal static ExperimentDefinition Definition(Choice encoder, Choice optimizer, TrainingDefinition training) => new("reviews", new DataDefinition { Path = "reviews.csv" },
    [
        new TaskDefinition("topic", "topic", TaskKind.Multiclass),
        new TaskDefinition("entities", "entities", TaskKind.Tagging),
        new TaskDefinition("sentiment", "sentiment", TaskKind.Binary) { Positive = "positive" },
    ])
    {
        Inputs = new InputsDefinition
        {
            Modalities = [new ModalityDefinition("text", ModalityKind.Text, ["text"]) { Tokenizer = Sample.Choice("words", ("maximumTokens", Reviews.MaximumTokens), ("minimumCount", 2), ("lowerCase", false)) }],
        },
        Encoder = encoder,
        Optimizer = optimizer,
        Training = training,
    };

    public static TheoryData<string> Encoders => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Encoders))]
    public void One_encoder_learns_topic_entities_and_sentiment_and_the_exported_model_takes_text(string encoder)
    {
        var (rows, definition) = Cases[encoder];
        var plan = TrainingPlan.Create(definition, Reviews.Generate(rows), MethodCatalogue.Standard).Value;
        var listener = new RecordingListener();

        var result = new Trainer(plan).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;
        var onnx = ModelExport.ToOnnx(plan, result.Parameters);

        listener.Last("topic/test_accuracy").ShouldBeGreaterThanOrEqualTo(0.95);
        listener.Last("entities/test_entity_f1").ShouldBeGreaterThanOrEqualTo(0.95);
        listener.Last("sentiment/test_accuracy").ShouldBeGreaterThanOrEqualTo(0.95);
        ParityCheck.Run(plan, result.Parameters, onnx).MaximumDifference.ShouldBeLessThanOrEqualTo(1e-5);
        MlflowSignature.ShouldFit(onnx, plan.Signature);
        using var model = Executable.Load(onnx, "reviews").Value;
        model.Inputs.Select(input => $"{input.Name} {input}").ShouldBe(["text String [batch, 1]"]);
        (string Text, string Topic, string Sentiment, string Entities)[] texts =
        [
            ("Nora Lindholm booked the hotel in Paris from Red Oak Air . it was not awful .", "travel", "positive", "B-PER I-PER O O O O B-LOC O B-ORG I-ORG I-ORG O O O O O O"),
            ("Emil ordered the soup in Lima and everything was truly terrible .", "food", "negative", "B-PER O O O O B-LOC O O O O O O"),
            .. BeyondTheGrammar[encoder],
        ];
        var answers = model.Run(new Dictionary<string, Tensor> { ["text"] = Tensor.Column([.. texts.Select(text => text.Text)]) }).Value;
        answers["topic_label"].Values<string>().ShouldBe(texts.Select(text => text.Topic));
        answers["sentiment_label"].Values<string>().ShouldBe(texts.Select(text => text.Sentiment));
        answers["entities_label"].Values<string>().Chunk(Reviews.MaximumTokens).Select(tags => string.Join(' ', tags.Where(tag => tag.Length > 0))).ShouldBe(texts.Select(text => text.Entities));
    }
}
