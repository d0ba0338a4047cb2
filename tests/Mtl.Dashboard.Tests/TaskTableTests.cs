using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests;

public class TaskTableTests
{
    private static readonly RunResult Result = new([Of("score-s1", 3), Of("score-s2", 1), Of("score-s10", 2), new("kind", TaskKind.Binary, new Dictionary<string, double> { ["f1"] = 0.5 }, [], null)], 1, 1, 1);

    private static readonly BaselineComparison Comparison = new("b", 1, [new("score-s1", "rmse", false, 3, 4, 25), new("score-s2", "rmse", false, 1, 0.5, -50)]);

    [Theory]
    [InlineData(null, "score-s1 score-s2 score-s10 kind")]
    [InlineData("rmse", "score-s2 score-s10 score-s1 kind")]
    [InlineData("-rmse", "score-s1 score-s10 score-s2 kind")]
    [InlineData("change", "score-s2 score-s1 score-s10 kind")]
    [InlineData("task", "kind score-s1 score-s10 score-s2")]
    [InlineData("-task", "score-s2 score-s10 score-s1 kind")]
    public void A_column_sorts_and_what_lacks_it_comes_last(string? sort, string expected) =>
        string.Join(' ', TaskTable.Of(Result, Comparison, null, sort).Rows.Select(row => row.Result.Task)).ShouldBe(expected);

    [Fact]
    public void All_words_must_be_in_the_name() => TaskTable.Of(Result, null, "S1 score", null).Rows.Select(row => row.Result.Task).ShouldBe(["score-s1", "score-s10"]);

    [Fact]
    public void A_row_has_its_change_and_the_columns_are_every_tasks_metrics()
    {
        var table = TaskTable.Of(Result, Comparison, "s2", null);

        table.Rows.Single().Compared!.DeltaPercent.ShouldBe(-50);
        table.Metrics.ShouldBe(["rmse", "f1"]);
    }

    [Fact]
    public void Pressing_a_head_again_turns_the_order_and_then_gives_it_up() =>
        new[] { TaskTable.NextSort(null, "rmse"), TaskTable.NextSort("rmse", "rmse"), TaskTable.NextSort("-rmse", "rmse"), TaskTable.NextSort("task", "rmse") }.ShouldBe(["rmse", "-rmse", null, "rmse"]);

    private static TaskResult Of(string task, double rmse) => new(task, TaskKind.Regression, new Dictionary<string, double> { ["rmse"] = rmse }, [], null);
}
