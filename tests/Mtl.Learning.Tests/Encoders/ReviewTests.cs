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
    private static readonly ExperimentDefinition Definition = new("reviews", new DataDefinition { Path = "reviews.csv" },
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
        Encoder = Sample.Choice("text-cnn", ("width", 32), ("filters", 48), ("dropout", 0.2)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.006)),
        Training = new TrainingDefinition { Epochs = 10, BatchSize = 32, Schedule = new("cosine"), Patience = 0, Threads = 1 },
    };

    [Fact]
    public void One_text_cnn_learns_topic_entities_and_sentiment_and_the_exported_model_takes_text()
    {
        var plan = TrainingPlan.Create(Definition, Reviews.Generate(), MethodCatalogue.Standard).Value;
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
        var answers = model.Run(new Dictionary<string, Tensor>
        {
            ["text"] = Tensor.Column(["Nora Lindholm booked the hotel in Paris from Red Oak Air . it was not awful .", "we ordered the soup , though Emil called it superb . everything was terrible ."]),
        }).Value;
        answers["topic_label"].Values<string>().ShouldBe(["travel", "food"]);
        answers["sentiment_label"].Values<string>().ShouldBe(["positive", "negative"]);
        answers["entities_label"].Values<string>().Chunk(Reviews.MaximumTokens).Select(tags => string.Join(' ', tags.Where(tag => tag.Length > 0))).ShouldBe(
        [
            "B-PER I-PER O O O O B-LOC O B-ORG I-ORG I-ORG O O O O O O",
            "O O O O O O B-PER O O O O O O O O",
        ]);
    }
}
