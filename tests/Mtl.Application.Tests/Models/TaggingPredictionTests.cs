using System.Text.Json.Nodes;
using Mtl.Application.Models;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;
using Mtl.Data.Tables;
using Mtl.Data.Writing;

namespace Mtl.Application.Tests.Models;

/// <summary>Tags of a text's words, as forms, CSV files and clients that speak in tensors get them.</summary>
public sealed class TaggingPredictionTests
{
    [Fact]
    public async Task Each_word_of_a_text_gets_its_tag()
    {
        await using var application = await Application.StartAsync();
        var path = Path.Combine(Path.GetDirectoryName(application.Platform.Table)!, "reviews.csv");
        WriteTable(path);
        await application.Platform.CompleteAsync((await application.Platform.StartRunsAsync(Definition(path)))[0]);

        var rows = (await application.Predictions.PredictAsync("reviews", "latest", [Row("Nora booked the  hotel"), Row("")])).Value;
        var tagged = rows[0].Tasks.ShouldHaveSingleItem();
        var tags = tagged.Label.Split(' ');
        tags.Length.ShouldBe(4);
        tagged.Value.ShouldBeInRange(1.0 / 7, 1);
        rows[1].Tasks[0].ShouldSatisfyAllConditions(empty => empty.Label.ShouldBe(""), empty => empty.Value.ShouldBe(0));

        var tensors = (await application.Inference.DescribeAsync("reviews")).Value.Outputs;
        tensors.ShouldBe([new TensorDescription("entities", false, Reviews.MaximumTokens * 7), new TensorDescription("entities_label", true, Reviews.MaximumTokens)]);
        var answer = (await application.Inference.InferAsync("reviews", "latest", [new("text", 1, null, ["Nora booked the  hotel", ""])], [])).Value.Outputs.ToDictionary(output => output.Name);
        answer["entities"].Numbers!.Length.ShouldBe(2 * answer["entities"].Width);
        foreach (var tensor in tensors)
            answer[tensor.Name].Width.ShouldBe(tensor.Width);
        answer["entities_label"].Texts!.ShouldBe([.. tags, .. Enumerable.Repeat("", (2 * Reviews.MaximumTokens) - 4)]);

        await using var csv = File.OpenRead(path);
        using var reader = new StreamReader((await application.Predictions.PredictCsvAsync("reviews", "latest", csv)).Value);
        (await reader.ReadLineAsync()).ShouldBe("text,entities,entities_predicted,entities_probability");
    }

    private static Dictionary<string, string?> Row(string text) => new() { ["text"] = text };

    private static ExperimentDefinition Definition(string path) => new("Reviews", new DataDefinition { Path = path }, [new TaskDefinition("entities", "entities", TaskKind.Tagging)])
    {
        Inputs = new InputsDefinition
        {
            Modalities = [new ModalityDefinition("text", ModalityKind.Text, ["text"]) { Tokenizer = new Choice("words", new Dictionary<string, JsonNode?> { ["maximumTokens"] = Reviews.MaximumTokens }) }],
        },
        Encoder = new Choice("text-cnn"),
        Training = new TrainingDefinition { Epochs = 1, BatchSize = 32, Threads = 1 },
        Baselines = false,
    };

    private static void WriteTable(string path)
    {
        var table = Reviews.Generate(200);
        Column[] columns = [table["text"], table["entities"]];
        using var text = new StreamWriter(path);
        var writer = new CsvWriter(text);
        writer.Write([.. columns.Select(column => column.Name)]);
        for (var row = 0; row < table.RowCount; row++)
            writer.Write([.. columns.Select(column => column.TextAt(row))]);
    }
}
