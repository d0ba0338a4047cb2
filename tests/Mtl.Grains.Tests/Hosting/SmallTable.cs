using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>A table of 240 rows with three tasks, and definitions of small runs on it.</summary>
internal static class SmallTable
{
    public const int Rows = 240;

    /// <summary>Optimiser steps of one epoch at the batch size of 16.</summary>
    public const int StepsPerEpoch = 11;

    public static void Write(string path)
    {
        var random = new CounterRandom(11, "small table");
        var text = new StringBuilder("id,x,z,group,amount,answer,kind,same\n");
        for (var row = 0; row < Rows; row++)
        {
            double Draw(string name) => 2 * random.Fork(name).Double((ulong)row) - 1;
            var (x, z, group) = (Draw("x"), Draw("z"), "abc"[row % 3]);
            var amount = (3 * x) - (2 * z) + (group == 'a' ? 1 : 0) + (0.3 * Draw("noise"));
            var answer = x + z + (0.3 * Draw("flip")) > 0 ? "yes" : "no";
            var kind = x > 0.3 ? "high" : z > 0 ? "middle" : "low";
            text.Append(CultureInfo.InvariantCulture, $"r{row},{x:R},{(row % 17 == 0 ? "" : z.ToString("R", CultureInfo.InvariantCulture))},{group},{amount:R},{answer},{kind},one\n");
        }

        File.WriteAllText(path, text.ToString());
    }

    /// <summary>Three tasks, hard parameter sharing, a network of eight units.</summary>
    public static ExperimentDefinition Definition(string path, int epochs = 3, bool baselines = false, double learningRate = 0.01, int width = 8, int batchSize = 16) => new(
        "Small",
        new DataDefinition { Path = path },
        [
            new TaskDefinition("amount", "amount", TaskKind.Regression),
            new TaskDefinition("answer", "answer", TaskKind.Binary) { Positive = "yes" },
            new TaskDefinition("kind", "kind", TaskKind.Multiclass),
        ])
    {
        Inputs = new InputsDefinition { Exclude = ["id", "same"] },
        Encoder = new Choice("mlp", new Dictionary<string, JsonNode?> { ["widths"] = new JsonArray(width), ["dropout"] = 0.2 }),
        Weighting = new Choice("uw"),
        Optimizer = new Choice("adam", new Dictionary<string, JsonNode?> { ["learningRate"] = learningRate }),
        Training = new TrainingDefinition { Epochs = epochs, BatchSize = batchSize, Patience = 0, CheckpointSeconds = 3600 },
        Baselines = baselines,
    };
}
