using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

/// <summary>A seeded problem whose tasks have rows of their own: five shops of very different size, each with a price and a choice, two tasks to a shop.</summary>
internal static class OwnRows
{
    public static readonly int[] Sizes = [12, 20, 60, 120, 88];

    public static ExperimentDefinition Definition { get; } = new("own rows", new DataDefinition { Path = "shops.csv" },
    [
        new TaskDefinition("price", "price", TaskKind.Regression) { By = "shop" },
        new TaskDefinition("sold", "sold", TaskKind.Binary) { By = "shop", Positive = "yes" },
    ])
    {
        Split = new SplitDefinition { Kind = SplitKind.Stratified, Column = "shop", Validation = 0.2, Test = 0.2 },
        Encoder = Sample.Choice("mlp", ("widths", new JsonArray(8)), ("dropout", 0.2)),
        Optimizer = Sample.Choice("adam", ("learningRate", 0.01)),
        Training = new TrainingDefinition { Epochs = 3, BatchSize = 32, Patience = 0 },
    };

    public static Table Table()
    {
        var random = new CounterRandom(5, "shops");
        int[] shops = [.. Sizes.SelectMany((size, shop) => Enumerable.Repeat(shop, size))];
        random.Shuffle(shops.AsSpan());
        var x = Enumerable.Range(0, shops.Length).Select(row => (float)random.Fork(1).Normal((ulong)row)).ToArray();
        var y = Enumerable.Range(0, shops.Length).Select(row => (float)random.Fork(2).Normal((ulong)row)).ToArray();
        return new Table(
        [
            TextColumn.Of("shop", shops.Select(shop => $"shop {shop}")),
            new NumericColumn("x", x),
            new NumericColumn("y", y),
            TextColumn.Of("colour", shops.Select((_, row) => random.Fork(3).Below(20, (ulong)row)).Select(colour => $"c{colour}")),
            new NumericColumn("price", [.. shops.Select((shop, row) => row % 17 == 0 ? float.NaN : 100 + (10 * shop) + (5 * x[row]) + ((shop - 2) * y[row]))]),
            TextColumn.Of("sold", shops.Select((shop, row) => row % 13 == 0 ? null : x[row] + (0.3f * shop) > 0.5f + y[row] ? "yes" : "no")),
        ]);
    }

    public static TrainingPlan Plan(Func<ExperimentDefinition, ExperimentDefinition>? change = null) =>
        TrainingPlan.Create(change?.Invoke(Definition) ?? Definition, Table(), MethodCatalogue.Standard).Value;
}
