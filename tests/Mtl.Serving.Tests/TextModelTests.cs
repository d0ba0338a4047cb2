using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Generators;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Runtime;

namespace Mtl.Serving.Tests;

/// <summary>Models of texts take texts, whatever their tokenizer is.</summary>
public class TextModelTests
{
    private static readonly string[] Texts = ["Nora booked the hotel in Paris .", "", "we ordered soup"];

    [Theory]
    [InlineData("words", "text-cnn")]
    [InlineData("byte-pair", "text-cnn")]
    [InlineData("words", "transformer")]
    [InlineData("byte-pair", "transformer")]
    public async Task A_served_model_takes_texts_and_gives_what_the_exported_one_does(string tokenizer, string encoder)
    {
        var (plan, onnx) = Train(tokenizer, encoder);
        await using var model = ServedModel.Load(onnx, "reviews", new ServingOptions()).Value;
        using var exported = Executable.Load(onnx, "exported").Value;
        var raw = plan.Features.Columns[0].Raw(Mtl.Data.Tables.TextColumn.Of("text", Texts), 0, Texts.Length);

        var served = await model.InferAsync(new Dictionary<string, Tensor> { ["text"] = Tensor.Column(Texts) }, ["topic", "topic_label"]);

        model.Signature.Inputs.Single().Kind.ShouldBe(InputKind.Text);
        served.Value["topic"].Values<float>().ShouldBe(exported.Run(new Dictionary<string, Tensor> { ["text"] = raw }).Value["topic"].Values<float>());
        served.Value["topic_label"].Values<string>().Length.ShouldBe(3);
    }

    [Fact]
    public async Task Token_ids_in_place_of_a_text_are_refused()
    {
        await using var model = ServedModel.Load(Train("byte-pair", "text-cnn").Onnx, "reviews", new ServingOptions()).Value;

        var refused = await model.InferAsync(new Dictionary<string, Tensor> { ["text"] = Tensor.Of(new long[48], 1, 48) }, ["topic"]);

        refused.Error!.ToString().ShouldBe("The input 'text' of model 'reviews' holds Int64 values; the model takes texts.");
    }

    private static (TrainingPlan Plan, byte[] Onnx) Train(string tokenizer, string encoder)
    {
        var definition = new ExperimentDefinition("reviews", new DataDefinition { Path = "reviews.csv" }, [new TaskDefinition("topic", "topic", TaskKind.Multiclass)])
        {
            Inputs = new InputsDefinition
            {
                Exclude = ["entities", "sentiment"],
                Modalities = [new ModalityDefinition("text", ModalityKind.Text, ["text"]) { Tokenizer = new Choice(tokenizer, new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["maximumTokens"] = 48 }) }],
            },
            Encoder = new Choice(encoder),
            Training = new TrainingDefinition { Epochs = 1, BatchSize = 32, Threads = 1 },
        };
        var plan = TrainingPlan.Create(definition, Reviews.Generate(200), MethodCatalogue.Standard).Value;
        var trained = (TrainingOutcome.Completed)new Trainer(plan).Run(new Silent(), null, default);
        return (plan, ModelExport.ToOnnx(plan, trained.Result.Parameters));
    }

    private sealed class Silent : ITrainingListener
    {
        public void Started(TrainingFacts facts)
        {
        }

        public void Progress(TrainingPosition position)
        {
        }

        public void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values)
        {
        }

        public void Log(TrainingLogLevel level, string message)
        {
        }

        public void Checkpoint(Checkpoint checkpoint)
        {
        }
    }
}
