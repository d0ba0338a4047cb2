using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>Runs that choose an option by cross-validation first.</summary>
public sealed class CrossValidatedRunTests
{
    [Fact]
    public async Task A_run_killed_while_it_chooses_goes_on_after_the_last_score_and_ends_the_same()
    {
        var (expected, undisturbed) = await RunAsync(isKilled: false);
        var (actual, log) = await RunAsync(isKilled: true);

        DefinitionJson.Write(actual with { TrainingSeconds = 0 }).ShouldBe(DefinitionJson.Write(expected with { TrainingSeconds = 0 }));
        expected.CrossValidation!.Points.Count.ShouldBe(3);
        expected.CrossValidation.Points[expected.CrossValidation.Best].Mean.ShouldBe(expected.CrossValidation.Points.Min(point => point.Mean));
        undisturbed.Count(line => line.StartsWith("Cross-validation ", StringComparison.Ordinal)).ShouldBe(4);
        log.Count(line => line.StartsWith("Cross-validation chose optimizer.learningRate = ", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task<(RunResult Result, string[] Log)> RunAsync(bool isKilled)
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table) with
        {
            CrossValidation = new CrossValidationDefinition
            {
                Folds = 3, Grid = new Dictionary<string, IReadOnlyList<JsonNode?>> { ["optimizer.learningRate"] = [0.0001, 0.01, 0.03] },
            },
        };
        var id = await platform.StartRunAsync(definition);
        if (isKilled)
        {
            while (!(await platform.LogAsync(id)).Any(line => line.Message.StartsWith("Cross-validation 1 of 3", StringComparison.Ordinal)))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await platform.Host.RestartAsync(gracefully: false);
        }

        await platform.CompleteAsync(id);
        var opened = (await platform.Storage.Artifacts.OpenAsync(id, RunFiles.Result)).Value;
        await using (opened)
            return (JsonSerializer.Deserialize<RunResult>(opened, DefinitionJson.Options)!, [.. (await platform.LogAsync(id)).Select(line => line.Message)]);
    }
}
