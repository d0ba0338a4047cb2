using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Benchmarks.Train;

/// <summary>An encoder with one regression head, to be timed forward and backward beside the same network in PyTorch; without dropout.</summary>
/// <param name="Key">The encoder's key.</param>
/// <param name="Title">What it is, with its sizes.</param>
/// <param name="Inputs">The definition's inputs.</param>
/// <param name="Encoder">The definition's encoder.</param>
/// <param name="Table">Rows to draw batches from.</param>
internal sealed record EncoderCase(string Key, string Title, string Inputs, string Encoder, Func<Table> Table)
{
    public const int Batch = 32;
    public const int Rows = 1024;
    public const int Length = 32;
    public const int Words = 1000;
    public const int Moments = 128;
    public const int Channels = 4;

    public static IReadOnlyList<EncoderCase> All { get; } =
    [
        new(
            "transformer",
            $"Transformer, L={Length}, d=64, 2 layers of 4 heads",
            $$"""{ "modalities": [{ "name": "text", "kind": "text", "columns": ["text"], "tokenizer": { "key": "words", "maximumTokens": {{Length}} } }] }""",
            """{ "key": "transformer", "layers": 2, "heads": 4, "headWidth": 16, "expansion": 4, "dropout": 0 }""",
            () => new Table([TextColumn.Of("text", Enumerable.Range(0, Rows * 5 / 4).Select(Text)), Labels()])),
        new(
            "temporal-cnn",
            $"Temporal CNN, L={Moments}, {Channels} channels, windows of 16, filters 32, 32",
            $$"""{ "modalities": [{ "name": "series", "kind": "series", "columns": ["x*"], "channels": {{Channels}} }] }""",
            """{ "key": "temporal-cnn", "window": 16, "stride": 8, "filters": [32, 32], "kernel": 3, "units": 64, "dropout": 0 }""",
            () => new Table([.. Enumerable.Range(0, Moments * Channels).Select(i => Numbers($"x{i}")), Labels()])),
    ];

    public Result<TrainingPlan> Plan() => DefinitionJson.Read<ExperimentDefinition>($$"""
        {
          "name": "benchmark",
          "data": { "path": "memory" },
          "tasks": [{ "name": "y", "column": "y", "kind": "regression" }],
          "inputs": {{Inputs}},
          "split": { "validation": 0.1, "test": 0.1 },
          "encoder": {{Encoder}},
          "training": { "batchSize": {{Batch}} }
        }
        """).Then(definition => TrainingPlan.Create(definition, Table(), MethodCatalogue.Standard));

    /// <summary>The same in PyTorch, for <c>torch_peer.py</c>.</summary>
    public JsonObject Peer => new() { ["encoder"] = Key, ["batch"] = Batch, ["threads"] = 1 };

    private static string Text(int row)
    {
        var random = new CounterRandom((ulong)row, "benchmark text");
        return string.Join(' ', Enumerable.Range(0, Length).Select(i => $"w{random.Below(Words, (ulong)i)}"));
    }

    private static NumericColumn Labels() => Numbers("y");

    private static NumericColumn Numbers(string name)
    {
        var random = new CounterRandom(1, name);
        return new NumericColumn(name, [.. Enumerable.Range(0, Rows * 5 / 4).Select(row => (float)random.Normal((ulong)row))]);
    }
}
