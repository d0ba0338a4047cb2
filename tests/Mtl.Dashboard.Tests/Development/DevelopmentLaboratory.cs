using System.Collections.Concurrent;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>An experiment that was made up.</summary>
internal sealed record MadeUpExperiment(string Id, ExperimentDefinition Definition, DateTimeOffset CreatedAt);

/// <summary>What the made-up application knows.</summary>
internal sealed class DevelopmentLaboratory
{
    public DevelopmentLaboratory(TimeProvider time)
    {
        Time = time;
        var sample = Add(SampleDefinition);
        var census = Add(CensusDefinition);
        AddRun(census, "Baseline", RunKind.Baseline, census.Definition with { Architecture = new Choice("stl") }, -200);
        AddRun(census, "calm-otter", RunKind.MultiTask, census.Definition, -190);
        AddRun(census, "brave-finch", RunKind.MultiTask, census.Definition with { Weighting = new Choice("dwa"), Training = census.Definition.Training with { BatchSize = 512 } }, -100);
        AddRun(census, "late-heron", RunKind.MultiTask, census.Definition with { Weighting = new Choice("uw") }, -5);
        var failed = AddRun(census, "odd-swift", RunKind.MultiTask, census.Definition with { Optimizer = new Choice("sgd") }, -400);
        failed.Stop(RunStatus.Failed, -390, "The loss of task 'income' became NaN at step 1,204 (epoch 3). Lower optimizer.learningRate (0.5 now), or set training.clipNorm to 1.");
        _ = sample;
    }

    public TimeProvider Time { get; }

    public ConcurrentDictionary<string, MadeUpExperiment> Experiments { get; } = [];

    public ConcurrentDictionary<string, MadeUpRun> Runs { get; } = [];

    public static ExperimentDefinition SampleDefinition { get; } = new(
        "Sample: homes", new DataDefinition { Dataset = "homes" },
        [new("price", "price", TaskKind.Regression), new("sold", "sold", TaskKind.Binary) { Positive = "yes" }, new("tier", "tier", TaskKind.Multiclass)])
    {
        Description = "Generated homes: predict the price, whether the home sells within a month, and its quality tier, with one network.",
        Weighting = new Choice("uw"),
    };

    public static ExperimentDefinition CensusDefinition { get; } = new(
        "Census income", new DataDefinition { Dataset = "census" },
        [new("income", "income", TaskKind.Binary) { Positive = ">50K" }, new("never-married", "marital-status", TaskKind.Binary) { Positive = "Never-married" }, new("hours", "hours-per-week", TaskKind.Regression)])
    {
        Description = "UCI Adult: income above 50K, never married, and working hours.",
        Training = new() { Epochs = 40 },
    };

    public MadeUpExperiment Add(ExperimentDefinition definition)
    {
        var experiment = new MadeUpExperiment($"e{Experiments.Count + 1}", definition, Time.GetUtcNow());
        return Experiments[experiment.Id] = experiment;
    }

    /// <param name="startsIn">Seconds from now.</param>
    public MadeUpRun AddRun(MadeUpExperiment experiment, string name, RunKind kind, ExperimentDefinition definition, double startsIn)
    {
        var run = new MadeUpRun($"r{Runs.Count + 1}", experiment.Id, name, kind, definition, Time.GetUtcNow().AddSeconds(startsIn), Time);
        return Runs[run.Id] = run;
    }
}
