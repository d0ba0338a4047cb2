using System.Globalization;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Grains.Tests.Hosting;

namespace Mtl.Application.Tests.Models;

/// <summary>What a model gives beside its predictions.</summary>
public sealed class PredictionExtrasTests
{
    [Fact]
    public async Task Deviations_quantiles_and_errors_come_with_rows_and_tables()
    {
        await using var application = await Application.StartAsync();
        var definition = SmallTable.Definition(application.Platform.Table, epochs: 2);
        var id = await application.Platform.StartRunAsync(definition with
        {
            Weighting = new Choice("ew"),
            Inputs = new InputsDefinition { Include = ["x", "z", "group"] },
            Tasks =
            [
                new TaskDefinition("amount", "amount", TaskKind.Regression) { Loss = new Choice("quantile") },
                new TaskDefinition("spread", "amount", TaskKind.Regression) { Loss = new Choice("gaussian-nll") },
                new TaskDefinition("rebuilt", "", TaskKind.Reconstruction),
            ],
        });
        await application.Platform.CompleteAsync(id);

        var row = (await application.Predictions.PredictAsync("small", "latest", [new Dictionary<string, string?> { ["x"] = "0.5", ["z"] = "-0.25", ["group"] = "a" }])).Value.ShouldHaveSingleItem();
        using var csv = new MemoryStream("x,z,group\n0.5,-0.25,a\n"u8.ToArray());
        using var reader = new StreamReader((await application.Predictions.PredictCsvAsync("small", "latest", csv)).Value);
        var (names, cells) = ((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(','), (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(','));

        var quantiles = row.Tasks[0].Extras.ShouldHaveSingleItem();
        quantiles.Key.ShouldBe("amount_quantiles");
        quantiles.Value.Count.ShouldBe(3);
        quantiles.Value.ShouldBeInOrder();
        row.Tasks[0].Value.ShouldBe(quantiles.Value[1], 1e-5);
        var deviation = row.Tasks[1].Extras["spread_std"].ShouldHaveSingleItem();
        deviation.ShouldBeGreaterThan(0);
        row.Tasks[2].Value.ShouldBe(row.Tasks[2].Extras["rebuilt_error"].ShouldHaveSingleItem());
        row.Tasks[2].Value.ShouldBeGreaterThan(0);
        names[3..].ShouldBe(["amount_predicted", "amount_quantiles_0.1", "amount_quantiles_0.5", "amount_quantiles_0.9", "spread_predicted", "spread_std", "rebuilt_error"]);
        double[] expected = [row.Tasks[0].Value, .. quantiles.Value, row.Tasks[1].Value, deviation, row.Tasks[2].Value];
        foreach (var (cell, value) in cells[3..].Zip(expected))
            double.Parse(cell, CultureInfo.InvariantCulture).ShouldBe(value, 1e-5 * Math.Max(1, Math.Abs(value)));
    }
}
