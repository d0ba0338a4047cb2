using System.Text.Json.Nodes;
using Mtl.Application.Runs;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Dashboard.Tests.Development;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests;

public class RunComparisonTests
{
    private static readonly ExperimentDefinition Definition = DevelopmentLaboratory.CensusDefinition;

    [Fact]
    public void The_best_value_of_each_row_is_marked_by_the_metrics_direction()
    {
        var rows = new RunComparison([Run("a", Definition, 0.91, 11.2), Run("b", Definition, 0.93, 11.9)], []).Metrics();
        rows.Select(row => (row.Task, row.Metric, row.Best)).ShouldBe([("income", "roc_auc", 1), ("hours", "rmse", 0)]);
    }

    [Fact]
    public void Only_what_differs_and_matters_is_listed()
    {
        var other = Definition with { Name = "Other", Weighting = new Choice("dwa"), Training = Definition.Training with { BatchSize = 512 } };
        new RunComparison([Run("a", Definition, 1, 1), Run("b", other, 1, 1)], []).Differences()
            .Select(row => $"{row.Path}: {string.Join(" | ", row.Values)}")
            .ShouldBe(["weighting: ew | dwa", "training.batchSize: 256 | 512"], ignoreOrder: true);
    }

    [Fact]
    public void A_method_is_one_difference_whether_or_not_it_has_options()
    {
        var other = Definition with { Weighting = new Choice("dwa", new Dictionary<string, JsonNode?> { ["temperature"] = 3 }) };
        new RunComparison([Run("a", Definition, 1, 1), Run("b", other, 1, 1)], []).Differences()
            .Select(row => $"{row.Path}: {string.Join(" | ", row.Values)}")
            .ShouldBe(["weighting: ew | dwa", "weighting.temperature:  | 3"], ignoreOrder: true);
    }

    [Fact]
    public void A_run_without_results_leaves_its_cells_empty()
    {
        var running = Run("c", Definition, 1, 1) with { Result = null };
        new RunComparison([Run("a", Definition, 0.9, 11), running], []).Metrics()[0].Values.ShouldBe([0.9, null]);
    }

    [Fact]
    public void Curves_of_all_tasks_come_first_and_test_figures_are_no_curves() =>
        new RunComparison([], ["income/val_roc_auc", "all/val_loss", "income/test_roc_auc"]).Keys().ShouldBe(["all/val_loss", "income/val_roc_auc"]);

    [Fact]
    public void Confusion_cells_know_their_share_of_the_true_label()
    {
        var rows = ConfusionTable.Of([[3, 1], [0, 0]]);
        rows[0].ShouldBe([new(3, 0.75, true), new(1, 0.25, false)]);
        rows[1][0].Share.ShouldBe(0);
    }

    private static RunDetails Run(string id, ExperimentDefinition definition, double auc, double rmse) => new(
        new RunSummary(id, "e1", "Census", id, RunKind.MultiTask, RunStatus.Completed, "", new(), null, "", default, null, null, new Dictionary<string, double>(), null),
        definition,
        new RunResult(
            [
                new("income", TaskKind.Binary, new Dictionary<string, double> { ["roc_auc"] = auc }, [], null),
                new("hours", TaskKind.Regression, new Dictionary<string, double> { ["rmse"] = rmse }, [], null),
            ], 1, 1, 1),
        null, "", null);
}
