using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

/// <summary>A small seeded table with all that occurs: numbers and texts with gaps, many categories, three kinds of related tasks with missing labels.</summary>
internal static class Sample
{
    public static ExperimentDefinition Definition { get; } = new("sample", new DataDefinition { Path = "sample.csv" },
    [
        new TaskDefinition("price", "price", TaskKind.Regression),
        new TaskDefinition("sold", "sold", TaskKind.Binary) { Positive = "yes" },
        new TaskDefinition("grade", "grade", TaskKind.Multiclass),
    ])
    {
        Preprocessing = new PreprocessingDefinition { OneHotLimit = 8, Bins = 4, Numeric = NumericEncoding.PiecewiseLinear },
        Encoder = Choice("mlp", ("widths", new JsonArray(16, 8)), ("dropout", 0.1)),
        Optimizer = Choice("adam", ("learningRate", 0.01)),
        Training = new TrainingDefinition { Epochs = 4, BatchSize = 32, Patience = 0 },
    };

    public static Choice Choice(string key, params (string Name, JsonNode Value)[] options) =>
        new(key, options.ToDictionary(option => option.Name, option => (JsonNode?)option.Value));

    public static Table Table(int rows = 300, ulong seed = 1)
    {
        var random = new CounterRandom(seed, "sample");
        var (area, rooms) = (new float[rows], new float[rows]);
        var (price, colour, city, sold, grade) = (new float[rows], new string?[rows], new string?[rows], new string?[rows], new string?[rows]);
        for (var row = 0; row < rows; row++)
        {
            double Draw(int what) => random.Double((ulong)(row * 16 + what));
            area[row] = (float)(20 + 180 * Draw(0));
            rooms[row] = 1 + (int)(5 * Draw(1));
            var hue = (int)(4 * Draw(2));
            var town = (int)(40 * Draw(3));
            colour[row] = new[] { "red", "green", "blue", "grey" }[hue];
            city[row] = $"city{town}";
            var worth = area[row] * 10 + 100 * rooms[row] + 50 * hue + 5 * town;
            price[row] = (float)(worth + 100 * (Draw(4) - 0.5));
            sold[row] = worth + 400 * (Draw(5) - 0.5) > 1500 ? "yes" : "no";
            grade[row] = (worth + 200 * (Draw(6) - 0.5)) switch { < 1000 => "low", < 1800 => "middle", _ => "top" };
            if (Draw(7) < 0.1)
                area[row] = float.NaN;
            if (Draw(8) < 0.1)
                colour[row] = null;
            if (Draw(9) < 0.1)
                price[row] = float.NaN;
            if (Draw(10) < 0.2)
                sold[row] = null;
        }

        return new Table(
        [
            new NumericColumn("area", area),
            new NumericColumn("rooms", rooms),
            TextColumn.Of("colour", colour),
            TextColumn.Of("city", city),
            new NumericColumn("price", price),
            TextColumn.Of("sold", sold),
            TextColumn.Of("grade", grade),
        ]);
    }

    public static TrainingPlan Plan(Func<ExperimentDefinition, ExperimentDefinition>? change = null, Table? table = null) =>
        TrainingPlan.Create(change?.Invoke(Definition) ?? Definition, table ?? Table(), MethodCatalogue.Standard).Value;

    public static ExperimentDefinition With(this ExperimentDefinition definition, Func<TrainingDefinition, TrainingDefinition> training) =>
        definition with { Training = training(definition.Training) };
}
