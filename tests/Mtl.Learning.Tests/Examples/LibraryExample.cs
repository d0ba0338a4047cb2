using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Reading;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Runtime;

namespace Mtl.Learning.Tests.Examples;

/// <summary>The code of docs/library.md: a test holds the page to it, line by line.</summary>
internal static class LibraryExample
{
    public static void Run(string folder)
    {
        // page
        var table = TableReader.Read(Path.Combine(folder, "houses.csv")).Value;
        TaskDefinition[] tasks =
        [
            new("price", "price", TaskKind.Regression),
            new("sold", "sold", TaskKind.Binary) { Positive = "yes" },
        ];
        var definition = new ExperimentDefinition("Houses", new DataDefinition { Path = "houses.csv" }, tasks)
        {
            Architecture = new Choice("mmoe"),
            Weighting = new Choice("uw"),
            Training = new TrainingDefinition { Epochs = 30, BatchSize = 32, Seed = 1 },
        };
        var plan = TrainingPlan.Create(definition, table, MethodCatalogue.Standard).Value;
        var outcome = new Trainer(plan).Run(new TrainingListener(), resumeFrom: null, CancellationToken.None);
        var result = ((TrainingOutcome.Completed)outcome).Result;
        foreach (var metric in result.Metrics)
            Console.WriteLine($"{metric.Key} {metric.Value:G4}");    // price/test_r2, sold/test_roc_auc, …
        var onnx = ModelExport.ToOnnx(plan, result.Parameters);
        File.WriteAllBytes(Path.Combine(folder, "houses.onnx"), onnx);
        using var model = Executable.Load(onnx, "houses").Value;
        var house = new Dictionary<string, Tensor> { ["area"] = Tensor.Column([120f]), ["rooms"] = Tensor.Column([4f]), ["colour"] = Tensor.Column(["red"]) };
        var answer = model.Run(house, ["price", "sold_label"]).Value;
        Console.WriteLine($"{answer["price"].Values<float>()[0]:F0} {answer["sold_label"].Values<string>()[0]}");
        // end
    }
}
