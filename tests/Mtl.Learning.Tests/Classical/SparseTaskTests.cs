using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Classical;
using Mtl.Learning.Classical.Svm;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Classical;

/// <summary>Tasks and classes that some training rows lack altogether.</summary>
public sealed class SparseTaskTests
{
    private const int Count = 5;

    public static TheoryData<string> Keys => [.. LearnerTable.Methods.Select(method => method.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Tasks_without_a_label_in_the_training_rows_of_a_fold_are_cross_validated(string key)
    {
        var definition = Sample.Definition with
        {
            Tasks = key is "tgl" or "pooled-ridge" ? [Sample.Definition.Tasks[0], new TaskDefinition("area", "area", TaskKind.Regression)] : Sample.Definition.Tasks,
            Inputs = new InputsDefinition { Exclude = ["city"] },
            Learner = new Choice(key),
            Training = Sample.Definition.Training with { Epochs = 1 },
            CrossValidation = new CrossValidationDefinition { Folds = Count, Grid = new Dictionary<string, IReadOnlyList<JsonNode?>> { ["preprocessing.bins"] = [4] } },
        };

        var outcome = CrossValidation.Run(definition, SparseTable(definition), MethodCatalogue.Standard);

        outcome.Error.ShouldBeNull();
        outcome.Value.Points.ShouldHaveSingleItem().Scores.ShouldAllBe(score => double.IsFinite(score));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, -1)]
    public void Labels_of_one_sign_give_the_bias_that_puts_every_row_on_its_margin(double sign, double bias)
    {
        double[] signs = [sign, sign, sign];
        var problem = new MarginProblem([1, 0.5, 0.2, 0.5, 1, 0.1, 0.2, 0.1, 1], 3, [0, 1, 2], signs, [-1, -1, -1]);
        var solution = new double[3];

        problem.Sweep(2, 1e-6, 100).ShouldBe(0);

        problem.Solution(2, solution).ShouldBe(bias);
        solution.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void No_label_at_all_gives_no_decision() => new MarginProblem([], 0, [], [], []).Solution(1, []).ShouldBe(0);

    [Fact]
    public void A_support_vector_machine_learns_the_classes_that_occur_where_one_is_missing()
    {
        var table = Sample.Table();
        var train = Splits.Of(table, Sample.Definition.Split, Sample.Definition.Training.Seed).Value.Train.ToHashSet();
        var lacking = new Table([.. table.Columns.Select(column => column.Name == "grade"
            ? TextColumn.Of("grade", [.. Enumerable.Range(0, table.RowCount).Select(row => train.Contains(row) && column.TextAt(row) == "top" ? null : column.TextAt(row))])
            : column)]);
        var plan = TrainingPlan.Create(
            Sample.Definition with { Tasks = [Sample.Definition.Tasks[2]], Inputs = new InputsDefinition { Exclude = ["city", "price", "sold"] }, Learner = new Choice("svm") }, lacking, MethodCatalogue.Standard).Value;

        var result = new Trainer(plan).Run(new TrainingListener(), null, default).ShouldBeOfType<TrainingOutcome.Completed>().Result;

        result.Parameters.ToArray().ShouldAllBe(value => float.IsFinite(value));
        var confusion = result.Confusion.Single();
        confusion.Counts.Sum(row => row[confusion.Labels.ToList().IndexOf("top")]).ShouldBe(0);
        result.Metrics.Single(metric => metric.Key == "grade/test_accuracy").Value.ShouldBeGreaterThan(0.4);
    }

    /// <summary>The sample with labels of the first two tasks among the training rows in the first fold only.</summary>
    private static Table SparseTable(ExperimentDefinition definition)
    {
        var table = Sample.Table();
        var train = Splits.Of(table, definition.Split, definition.Training.Seed).Value.Train;
        var bare = train.Except(Folds.Of(table, train, definition.Split, Count, definition.Training.Seed)[0]).ToHashSet();
        return new Table([.. table.Columns.Select(Column (column) => column.Name switch
        {
            "price" => new NumericColumn("price", [.. ((NumericColumn)column).Values.Select((value, row) => bare.Contains(row) ? float.NaN : value)]),
            "sold" when definition.Tasks.Any(task => task.Column == "sold") =>
                TextColumn.Of("sold", [.. Enumerable.Range(0, table.RowCount).Select(row => bare.Contains(row) || column.IsMissing(row) ? null : column.TextAt(row))]),
            _ => column,
        })]);
    }
}
