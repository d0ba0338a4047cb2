using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Tracking.Tests;

public class BaselinesTests
{
    private const string Own = """
        {"name": "Adult", "data": {"path": "adult.csv"}, "tasks": [{"name": "income", "column": "income", "kind": "binary"}, {"name": "age", "column": "age", "kind": "regression"}],
         "weighting": "uw", "training": {"epochs": 7}}
        """;

    /// <summary>As stored before gradients could be analysed and learners chosen.</summary>
    private const string Stored = """
        {"name": "Baseline", "data": {"path": "adult.csv"}, "tasks": [{"name": "income", "column": "income", "kind": "binary"}, {"name": "age", "column": "age", "kind": "regression"}],
         "architecture": "stl", "weighting": "ew", "training": {"epochs": 7}, "baselines": false}
        """;

    private static readonly ExperimentDefinition Definition = DefinitionJson.ReadStored<ExperimentDefinition>(Own);

    [Fact]
    public void A_baseline_stored_before_an_option_existed_still_counts() =>
        Baselines.Of(Definition, [Baseline("old", Stored)]).ShouldNotBeNull().Id.ShouldBe("old");

    [Fact]
    public void A_baseline_trained_otherwise_or_failed_does_not_count() =>
        Baselines.Of(Definition, [Baseline("longer", Stored.Replace("7", "8", StringComparison.Ordinal)), Baseline("failed", Stored) with { Status = RunStatus.Failed }]).ShouldBeNull();

    private static Run Baseline(string id, string json) =>
        new(id, "e1", "Baseline", RunKind.Baseline, DefinitionJson.ReadStored<ExperimentDefinition>(json), DateTimeOffset.UnixEpoch) { Status = RunStatus.Completed };
}
