using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Learning.Classical;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Experiments;

/// <summary>Every classical learner as a run of an experiment, the same way as a network: curves, comparison with the single-task baseline, export, prediction.</summary>
public sealed class ClassicalRunTests
{
    [Fact]
    public async Task Every_classical_learner_runs_beside_the_ridge_baseline_and_predicts()
    {
        await using var platform = await Platform.StartAsync();
        var sample = SmallTable.Definition(platform.Table, baselines: true);
        var definition = sample with { Tasks = [sample.Tasks[0], new TaskDefinition("x", "x", TaskKind.Regression)], Weighting = new Choice("ew"), Learner = new Choice("mean-ridge") };
        var experiment = await platform.CreateAsync(definition);
        var first = (await experiment.Start(null)).ToResult().Value;
        foreach (var id in first)
            await platform.CompleteAsync(id);
        (await platform.StoredAsync(first[0])).Name.ShouldBe("#1 mean-ridge");
        (await platform.StoredAsync(first[1])).Definition!.Learner.Key.ShouldBe("ridge");

        foreach (var key in LearnerTable.Methods.Select(method => method.Key).Where(key => key is not (Learners.Network or "mean-ridge")))
        {
            var run = (await experiment.Start(DefinitionJson.Write(definition with { Learner = new Choice(key) }))).ToResult().Value.ShouldHaveSingleItem();
            await platform.CompleteAsync(run);

            var history = await platform.HistoryAsync(run);
            history["all/objective"].Count.ShouldBeGreaterThan(1, key);
            history["all/objective"].ShouldAllBe(point => double.IsFinite(point.Value), key);
            history["amount/test_r2"].ShouldHaveSingleItem(key);
            (await ComparisonAsync(platform, run, first[1])).Tasks.Select(task => task.Task).ShouldBe(["amount", "x"], key);
            var version = (await platform.Storage.Models.ListAsync("small")).Single(candidate => candidate.RunId == run);
            version.ParityError.ShouldBeLessThanOrEqualTo(1e-5, key);
            var reply = await platform.Grains.GetGrain<IPredictorGrain>($"small/{version.Version}").Infer(
                new InferRequest([new NamedColumn("z", 1, [0.1f], null), new NamedColumn("group", 1, null, ["a"]), new NamedColumn("answer", 1, null, ["yes"]), new NamedColumn("kind", 1, null, ["low"])], ["amount"]),
                CancellationToken.None);
            float.IsFinite(reply.ToResult().Value.Outputs.ShouldHaveSingleItem().Numbers![0]).ShouldBeTrue(key);
        }
    }

    /// <summary>The comparison of a completed run, which the experiment makes a moment after its end.</summary>
    private static async Task<BaselineComparison> ComparisonAsync(Platform platform, string run, string baseline)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await platform.HistoryAsync(run)).ContainsKey("all/delta_m"))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var comparison = platform.Document<BaselineComparison>(run, RunFiles.Comparison);
        comparison.BaselineRunId.ShouldBe(baseline);
        double.IsFinite(comparison.DeltaM.ShouldNotBeNull()).ShouldBeTrue();
        return comparison;
    }
}
