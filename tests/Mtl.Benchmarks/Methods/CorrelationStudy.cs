using System.Globalization;
using System.Text.Json.Nodes;
using Mtl.Data.Generators;

namespace Mtl.Benchmarks.Methods;

/// <summary>
/// The study of the MMoE paper's section 4: hard sharing, experts with gates and separate models as the tasks' relatedness ρ falls. All have 128 units that tasks share or divide between them.
/// </summary>
internal static class CorrelationStudy
{
    public const string Name = "correlation";

    public const int Seeds = 5;

    private const int Rows = 8000;

    private static readonly double[] Correlations = [1, 0.9, 0.5, 0];

    public static IReadOnlyList<(double Correlation, Problem Problem)> Problems { get; } = [.. Correlations.Select(correlation => (correlation, Of(correlation)))];

    public static IReadOnlyList<MethodCase> Methods { get; } =
    [
        Case("hps", new JsonObject { ["key"] = "hps", ["headUnits"] = 8 }, 128),
        Case("mmoe", new JsonObject { ["key"] = "mmoe", ["experts"] = 8, ["headUnits"] = 8 }, 16),
        Case("stl", new JsonObject { ["key"] = "stl", ["headUnits"] = 8 }, 64),
    ];

    public static IEnumerable<RunCase> Runs => from problem in Problems from method in Methods from seed in Enumerable.Range(1, Seeds) select new RunCase(problem.Problem, method, seed);

    private static MethodCase Case(string name, JsonObject architecture, int units) =>
        new(name, "", new JsonObject { ["architecture"] = architecture, ["encoder"] = new JsonObject { ["key"] = "mlp", ["widths"] = new JsonArray(units), ["dropout"] = 0 } });

    private static Problem Of(double correlation) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Name} {correlation}"),
        "",
        $"{Rows} rows",
        [new("y1/test_loss", "y1", false), new("y2/test_loss", "y2", false)],
        seed => CorrelatedTasks.Generate(correlation, Rows, seed: (ulong)seed),
        Benchmarks.Methods.Problems.Definition("""
        {
          "tasks": [
            { "name": "y1", "column": "y1", "kind": "regression" },
            { "name": "y2", "column": "y2", "kind": "regression" }
          ],
          "split": { "validation": 0.1, "test": 0.25 },
          "optimizer": { "key": "adam", "learningRate": 0.003 },
          "training": { "epochs": 30, "batchSize": 128, "patience": 0, "analysisEvery": 0 }
        }
        """));
}
