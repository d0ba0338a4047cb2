using System.Globalization;

namespace Mtl.Api.Tests.Hosting;

/// <summary>
/// The model <c>houses</c>, version 1: inputs <c>size</c> (number) and <c>style</c> (old, new); tasks <c>price</c> (regression), <c>sold</c> (binary) and <c>region</c> (north, south, west).
/// </summary>
/// <param name="RunId">The run that trained it.</param>
public sealed record TrainedModel(string RunId)
{
    internal static async Task<TrainedModel> TrainAsync(RunningServer server)
    {
        var dataset = await server.UploadAsync("houses.csv", Table());
        var (run, details) = await server.RunAsync($$"""
            {
              "name": "Houses",
              "data": { "dataset": "{{dataset}}" },
              "tasks": [
                { "name": "price", "column": "price", "kind": "regression" },
                { "name": "sold", "column": "sold", "kind": "binary" },
                { "name": "region", "column": "region", "kind": "multiclass" }
              ],
              "training": { "epochs": 3, "batchSize": 32 },
              "baselines": false
            }
            """);
        details["summary"]!["status"]!.GetValue<string>().ShouldBe("completed", details["summary"]!["failure"]!.GetValue<string>());
        return new TrainedModel(run);
    }

    private static string Table()
    {
        string[] regions = ["north", "south", "west"];
        var rows = Enumerable.Range(0, 240).Select(row => (Row: row, Size: 30 + ((row * 37) % 120))).Select(house => string.Create(
            CultureInfo.InvariantCulture,
            $"{house.Size},{(house.Row % 3 == 0 ? "old" : "new")},{(house.Size * 2.5) + (house.Row % 5)},{(house.Size > 90 ? "yes" : "no")},{regions[(house.Size + house.Row) % 3]}"));
        return string.Join('\n', rows.Prepend("size,style,price,sold,region"));
    }
}
