using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class CrossValidationTests
{
    private static readonly ExperimentDefinition Definition = Sample.Definition with
    {
        Training = Sample.Definition.Training with { Epochs = 3 },
        CrossValidation = new CrossValidationDefinition
        {
            Folds = 3,
            Grid = new Dictionary<string, IReadOnlyList<JsonNode?>> { ["optimizer.learningRate"] = [0.01, 1e-6], ["training.batchSize"] = [16, 64] },
        },
    };

    [Fact]
    public void The_combination_with_the_best_mean_is_chosen()
    {
        List<string> lines = [];
        var outcome = Run(log: lines.Add);

        outcome.Points.Count.ShouldBe(4);
        outcome.Points.ShouldAllBe(point => point.Scores.Count == 3);
        outcome.Points[outcome.Best].Mean.ShouldBe(outcome.Points.Min(point => point.Mean));
        outcome.Points[outcome.Best].Values["optimizer.learningRate"]!.GetValue<double>().ShouldBe(0.01);
        var point = outcome.Points[0];
        point.Mean.ShouldBe(point.Scores.Average(), 1e-12);
        point.Deviation.ShouldBe(Math.Sqrt(point.Scores.Sum(score => Math.Pow(score - point.Mean, 2)) / 2), 1e-12);
        outcome.Chosen!.CrossValidation.ShouldBeNull();
        outcome.Chosen.Optimizer.Options["learningRate"]!.GetValue<double>().ShouldBe(0.01);
        outcome.Chosen.Training.BatchSize.ShouldBe(outcome.Points[outcome.Best].Values["training.batchSize"]!.GetValue<int>());
        lines.Count.ShouldBe(5);
        lines[0].ShouldStartWith("Cross-validation 1 of 4: optimizer.learningRate = 0.01, training.batchSize = 16: relative_loss 0.");
    }

    [Fact]
    public void Going_on_from_any_score_gives_the_same_to_the_bit()
    {
        List<double[]> heard = [];
        var whole = Run(scored: scores => heard.Add([.. scores]));

        heard.Count.ShouldBe(12);
        foreach (var done in new[] { 1, 5, 12 })
        {
            var rest = 0;
            var resumed = Run(known: heard[done - 1], scored: _ => rest++);
            rest.ShouldBe(12 - done);
            resumed.Points.SelectMany(point => point.Scores).ShouldBe(heard[^1]);
            resumed.Best.ShouldBe(whole.Best);
        }
    }

    [Fact]
    public void A_stop_keeps_the_scores_that_are_done()
    {
        using var stop = new CancellationTokenSource();
        List<double> kept = [];
        var outcome = CrossValidation.Run(Definition, Sample.Table(), MethodCatalogue.Standard, scored: scores =>
        {
            kept = [.. scores];
            if (scores.Count == 4)
                stop.Cancel();
        }, stop: stop.Token).Value;

        outcome.Chosen.ShouldBeNull();
        (kept.Count, outcome.Points.Count).ShouldBe((4, 1));
    }

    [Fact]
    public void Validation_and_test_rows_are_never_seen()
    {
        var table = Sample.Table();
        var split = Splits.Of(table, Definition.Split, Definition.Training.Seed).Value;
        var isTrained = new bool[table.RowCount];
        foreach (var row in split.Train)
            isTrained[row] = true;
        var area = (NumericColumn)table["area"];
        var spoiled = new Table([.. table.Columns.Select(Column (column) => column.Name switch
        {
            "area" => new NumericColumn("area", [.. area.Values.Select((value, row) => isTrained[row] ? value : 1e9f)]),
            "price" => new NumericColumn("price", [.. ((NumericColumn)column).Values.Select((value, row) => isTrained[row] ? value : -1e9f)]),
            _ => column,
        })]);

        Run(table: spoiled).Points.SelectMany(point => point.Scores).ShouldBe(Run().Points.SelectMany(point => point.Scores));
    }

    [Fact]
    public void A_metric_is_compared_in_its_own_direction()
    {
        var outcome = Run(Definition with { CrossValidation = Definition.CrossValidation! with { Score = "sold/roc_auc" } });

        (outcome.Score, outcome.HigherIsBetter).ShouldBe(("sold/roc_auc", true));
        outcome.Points[outcome.Best].Mean.ShouldBe(outcome.Points.Max(point => point.Mean));
    }

    [Fact]
    public void A_combination_that_diverges_is_worse_than_any_other()
    {
        var outcome = Run(With(("weighting.weights", [new JsonArray(1e6, 1e6, 1e6), new JsonArray(1e-6, 1e-6, 1e-6)])) with
        {
            Weighting = new Choice("static"), Optimizer = Sample.Choice("sgd", ("learningRate", 100)),
        });

        outcome.Points[0].Mean.ShouldBe(double.NaN);
        outcome.Best.ShouldBe(1);
    }

    [Fact]
    public void Methods_and_losses_can_be_chosen_and_templates_too()
    {
        var outcome = CrossValidation.Run(
            OwnRows.Definition with
            {
                Tasks = [OwnRows.Definition.Tasks[0]],
                CrossValidation = new CrossValidationDefinition
                {
                    Folds = 4, Score = "all/r2", Grid = new Dictionary<string, IReadOnlyList<JsonNode?>> { ["weighting"] = ["ew", "uw"], ["tasks[0].loss"] = ["squared-error", "huber"] },
                },
            },
            OwnRows.Table(), MethodCatalogue.Standard).Value;

        outcome.Points.Count.ShouldBe(4);
        outcome.Chosen!.Tasks[0].Loss!.Key.ShouldBe(outcome.Points[outcome.Best].Values["tasks[0].loss"]!.GetValue<string>());
    }

    public static TheoryData<string, ExperimentDefinition, string, string> Mistakes => new()
    {
        { "one fold", Definition with { CrossValidation = Definition.CrossValidation! with { Folds = 1 } }, "crossValidation.folds is 1; allowed is 2 to 20.", "crossValidation.folds" },
        {
            "no grid", Definition with { CrossValidation = new CrossValidationDefinition() },
            "crossValidation.grid is empty; it holds the values to try by option, as in optimizer.learningRate: [0.001, 0.01].", "crossValidation.grid"
        },
        { "no value", With(("training.epochs", [])), "crossValidation.grid has no value for 'training.epochs'; a list of the values to try is expected.", "crossValidation.grid.training.epochs" },
        {
            "not an option", With(("split.test", [0.1, 0.2])),
            "crossValidation.grid names 'split.test'; options of inputs, preprocessing, learner, featureSpace, architecture, encoder, weighting, optimizer, regularizers, training, tasks can be chosen. Name an option as in optimizer.learningRate.",
            "crossValidation.grid.split.test"
        },
        {
            "no such option", With(("optimizer.speed", [1])),
            "crossValidation.grid: with optimizer.speed = 1 the definition is wrong: Unknown option 'speed' of optimizer 'adam'", "crossValidation.grid"
        },
        { "out of bounds", With(("training.epochs", [5, 0])), "crossValidation.grid: with training.epochs = 0 the definition is wrong: training.epochs is 0; allowed is 1 to 100000.", "crossValidation.grid" },
        {
            "too many", With(("training.epochs", [.. Enumerable.Range(1, 20).Select(value => (JsonNode?)value)]), ("training.batchSize", [.. Enumerable.Range(1, 20).Select(value => (JsonNode?)value)])),
            "crossValidation.grid has 400 combinations; at most 200 are tried. Try fewer values at a time.", "crossValidation.grid"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_before_any_training(string mistake, ExperimentDefinition definition, string start, string field)
    {
        var error = TrainingPlan.Create(definition, Sample.Table(), MethodCatalogue.Standard).Error.ShouldNotBeNull(mistake);

        error.ToString().ShouldStartWith(start);
        error.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("sold/r2")]
    [InlineData("price/coverage")]
    [InlineData("all/rmse")]
    public void A_score_that_no_fold_can_be_compared_by_is_refused_before_any_training(string score)
    {
        var scores = 0;

        var error = CrossValidation.Run(Definition with { CrossValidation = Definition.CrossValidation! with { Score = score } }, Sample.Table(), MethodCatalogue.Standard, scored: _ => scores++).Error!;

        error.ToString().ShouldBe(
            $"The score '{score}' is none that folds can be compared by; there are price/loss, price/r2, price/rmse, price/mae, price/pinball, price/nll, sold/loss, sold/roc_auc, sold/pr_auc, sold/accuracy, "
            + "sold/balanced_accuracy, sold/f1, …. Name a task and one of its metrics that has a better direction.");
        (error.Field, scores).ShouldBe(("crossValidation.score", 0));
    }

    [Fact]
    public void A_fold_in_which_the_score_is_undefined_is_not_counted()
    {
        var table = Sample.Table();
        var folds = Folds.Of(table, Splits.Of(table, Definition.Split, Definition.Training.Seed).Value.Train, Definition.Split, 3, Definition.Training.Seed);
        var first = folds[0].ToHashSet();
        var oneSided = new Table([.. table.Columns.Select(column => column.Name == "sold"
            ? TextColumn.Of("sold", [.. Enumerable.Range(0, table.RowCount).Select(row => column.IsMissing(row) || (first.Contains(row) && column.TextAt(row) == "yes") ? null : column.TextAt(row))])
            : column)]);

        var outcome = Run(Definition with { CrossValidation = Definition.CrossValidation! with { Score = "sold/roc_auc" } }, oneSided);

        outcome.Points.ShouldAllBe(point => double.IsNaN(point.Scores[0]) && Math.Abs(point.Mean - (point.Scores[1] + point.Scores[2]) / 2) < 1e-12);
        outcome.Best.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void A_run_whose_scores_are_all_known_says_nothing_twice()
    {
        List<double> known = [];
        Run(scored: scores => known = [.. scores]);
        List<string> lines = [];

        Run(known: known, log: lines.Add).Chosen.ShouldNotBeNull();

        lines.ShouldBeEmpty();
    }

    [Fact]
    public void Feature_spaces_and_input_columns_can_be_chosen()
    {
        var outcome = Run(With(("featureSpace", ["plain", "pca"]), ("inputs.exclude", [new JsonArray("city"), new JsonArray("city", "area")])) with
        {
            Learner = new Choice("ridge"), Inputs = new InputsDefinition { Exclude = ["city"] },
        });

        outcome.Points.Count.ShouldBe(4);
        outcome.Points[0].Mean.ShouldBeLessThan(outcome.Points[1].Mean);
        outcome.Chosen!.Inputs.Exclude.ShouldBe(["city"]);
        outcome.Chosen.FeatureSpace.Key.ShouldBe(outcome.Points[outcome.Best].Values["featureSpace"]!.GetValue<string>());
    }

    [Fact]
    public void A_grid_reads_and_writes_as_a_document()
    {
        var json = DefinitionJson.Write(Definition);

        DefinitionJson.Write(DefinitionJson.Read<ExperimentDefinition>(json).Value).ShouldBe(json);
    }

    private static ExperimentDefinition With(params (string Option, JsonNode?[] Values)[] grid) => Definition with
    {
        CrossValidation = Definition.CrossValidation! with { Grid = grid.ToDictionary(option => option.Option, option => (IReadOnlyList<JsonNode?>)option.Values) },
    };

    private static CrossValidationOutcome Run(
        ExperimentDefinition? definition = null, Table? table = null, IReadOnlyList<double>? known = null, Action<IReadOnlyList<double>>? scored = null, Action<string>? log = null) =>
        CrossValidation.Run(definition ?? Definition, table ?? Sample.Table(), MethodCatalogue.Standard, known: known, scored: scored, log: log).Value;
}
