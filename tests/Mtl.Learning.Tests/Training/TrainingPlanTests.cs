using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class TrainingPlanTests
{
    private const int Rows = 40;

    private static readonly Table Table = new(
    [
        new NumericColumn("x", [.. Enumerable.Range(0, Rows).Select(row => row * 0.5f)]),
        TextColumn.Of("text", Enumerable.Range(0, Rows).Select(row => $"t{row % 3}")),
        new NumericColumn("number", [.. Enumerable.Range(0, Rows).Select(row => (float)(row * row))]),
        TextColumn.Of("two", Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "rare" : "often")),
        TextColumn.Of("five", Enumerable.Range(0, Rows).Select(row => $"f{row % 5}")),
        TextColumn.Of("one", Enumerable.Repeat("same", Rows)),
        TextColumn.Of("none", Enumerable.Repeat<string?>(null, Rows)),
        new NumericColumn("constant", [.. Enumerable.Repeat(7f, Rows)]),
        TextColumn.Of("side", Enumerable.Range(0, Rows).Select(row => row < 20 ? "train" : row < 30 ? "val" : "test")),
        TextColumn.Of("trained", Enumerable.Range(0, Rows).Select(row => row < 20 ? row % 2 == 0 ? "a" : "b" : null)),
        TextColumn.Of("late", Enumerable.Range(0, Rows).Select(row => row < 20 ? "a" : row % 2 == 0 ? "a" : "b")),
        new NumericColumn("level", [.. Enumerable.Repeat(3f, 20), .. Enumerable.Range(0, 20).Select(row => (float)row)]),
    ]);

    private static readonly ExperimentDefinition Definition = new("plan", new DataDefinition { Path = "plan.csv" }, [new TaskDefinition("task", "two", TaskKind.Binary)])
    {
        Inputs = new InputsDefinition { Include = ["x", "text"] },
    };

    private static readonly ExperimentDefinition BySide = Definition with { Split = new SplitDefinition { Kind = SplitKind.Column, Column = "side" } };

    public static TheoryData<string, ExperimentDefinition, string, string> Mistakes => new()
    {
        {
            "no such task column", Task("missing", TaskKind.Binary),
            "The table has no column 'missing'. It has 'x', 'text', 'number', 'two', 'five', 'one', 'none', 'constant', 'side', 'trained', 'late', 'level'. Correct the name; case matters.",
            "tasks[0].column"
        },
        { "no label at all", Task("none", TaskKind.Binary), "Task 'task': column 'none' has no label in any of its 40 rows. Choose a column with labels.", "tasks[0].column" },
        {
            "one label", Task("one", TaskKind.Multiclass),
            "Task 'task': column 'one' has one label only, 'same'; there is nothing to learn. Choose a column with at least two labels.", "tasks[0].column"
        },
        {
            "a constant number", Task("constant", TaskKind.Regression),
            "Task 'task': column 'constant' has the value 7 in every training row; there is nothing to learn. Choose another column, or another split.", "tasks[0].column"
        },
        {
            "a number that is constant in training", BySide with { Tasks = [new TaskDefinition("task", "level", TaskKind.Regression)] },
            "Task 'task': column 'level' has the value 3 in every training row; there is nothing to learn. Choose another column, or another split.", "tasks[0].column"
        },
        {
            "regression on text", Task("five", TaskKind.Regression),
            "Task 'task' is a regression, but column 'five' holds text ('f0' in row 1). Make it binary or multiclass, or clean the column of what is no number.", "tasks[0].kind"
        },
        {
            "binary with five labels", Task("five", TaskKind.Binary),
            "Task 'task' is binary, but column 'five' has 5 labels: 'f0', 'f1', 'f2', 'f3', 'f4'. Name the positive one (the others then count as negative), or make the task multiclass.",
            "tasks[0].positive"
        },
        {
            "a positive label that does not occur", Definition with { Tasks = [new TaskDefinition("task", "five", TaskKind.Binary) { Positive = "F1" }] },
            "Task 'task': the positive label 'F1' does not occur in column 'five', which has 'f0', 'f1', 'f2', 'f3', 'f4'. Correct the label; case matters.", "tasks[0].positive"
        },
        {
            "one label in training", BySide with { Tasks = [new TaskDefinition("task", "late", TaskKind.Binary)] },
            "Task 'task': every labelled training row is 'a'; there is nothing to learn. Use a stratified split by this column, or more rows.", "tasks[0].column"
        },
        {
            "no label in validation", BySide with { Tasks = [new TaskDefinition("task", "trained", TaskKind.Binary)] },
            "Task 'task' has no label in any of the 10 validation rows. Make that side larger, or use a split that gives it labelled rows.", "split"
        },
        {
            "two tasks of one name", Definition with { Tasks = [new TaskDefinition("task", "two", TaskKind.Binary), new TaskDefinition("task", "number", TaskKind.Regression)] },
            "Two tasks are named 'task'; a task's name is unique in its experiment.", "tasks[1].name"
        },
        {
            "an unknown input", Definition with { Inputs = new InputsDefinition { Include = ["x", "X"] } },
            "The table has no column 'X'. It has 'x', 'text', 'number', 'two', 'five', 'one', 'none', 'constant', 'side', 'trained', 'late', 'level'. Correct the name; case matters.",
            "inputs.include[1]"
        },
        {
            "an unknown exclusion", Definition with { Inputs = new InputsDefinition { Exclude = ["id"] } },
            "The table has no column 'id'. It has 'x', 'text', 'number', 'two', 'five', 'one', 'none', 'constant', 'side', 'trained', 'late', 'level'. Correct the name; case matters.",
            "inputs.exclude[0]"
        },
        {
            "a task's column as input", Definition with { Inputs = new InputsDefinition { Include = ["x", "two"] } },
            "inputs.include names 'two', the column of task 'task', which can't be an input. Leave it out.", "inputs.include[1]"
        },
        {
            "the split column as input", BySide with { Inputs = new InputsDefinition { Include = ["side"] } },
            "inputs.include names 'side', the split column, which can't be an input. Leave it out.", "inputs.include[0]"
        },
        {
            "no input left", Definition with { Inputs = new InputsDefinition { Include = ["x"], Exclude = ["x"] } },
            "No input column is left besides the tasks' columns, the split column and those excluded. Exclude fewer columns.", "inputs"
        },
        {
            "an output named like an input", Definition with { Tasks = [new TaskDefinition("x", "two", TaskKind.Binary)] },
            "The column 'x' is an input, and the model's output for a task has the same name. Give the task another name, or exclude the column.", "tasks"
        },
        {
            "a loss for other tasks", Definition with { Tasks = [new TaskDefinition("task", "two", TaskKind.Binary) { Loss = new Choice("huber") }] },
            "Task 'task' is binary; loss 'huber' is for tasks of kind regression, rating, reconstruction. Leave the loss out, or take 'cross-entropy'.", "tasks[0].loss"
        },
        { "no epoch", Definition.With(training => training with { Epochs = 0 }), "training.epochs is 0; allowed is 1 to 100000.", "training.epochs" },
        { "no bins", Definition with { Preprocessing = new PreprocessingDefinition { Bins = 1 } }, "preprocessing.bins is 1; allowed is 2 to 256.", "preprocessing.bins" },
        {
            "static weights for other tasks", Definition with { Weighting = Sample.Choice("static", ("weights", new System.Text.Json.Nodes.JsonArray(1, 2))) },
            "Weighting 'static' has weights [1, 2] for 1 tasks. Give one weight each for task, in this order.", "weighting.weights"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_before_any_training(string mistake, ExperimentDefinition definition, string text, string field)
    {
        var error = Create(definition).Error.ShouldNotBeNull(mistake);

        error.ToString().ShouldBe(text);
        error.Field.ShouldBe(field);
        error.Kind.ShouldBe(ErrorKind.Invalid);
    }

    [Fact]
    public void More_than_a_thousand_classes_are_refused()
    {
        var table = new Table([new NumericColumn("x", new float[1500]), TextColumn.Of("id", Enumerable.Range(0, 1500).Select(row => $"id{row}"))]);

        TrainingPlan.Create(Definition with { Tasks = [new TaskDefinition("task", "id", TaskKind.Multiclass)], Inputs = new InputsDefinition() }, table, MethodCatalogue.Standard)
            .Error!.ToString().ShouldBe(
                "Task 'task' is multiclass, but column 'id' has 1500 labels; at most 1000 are allowed. Make it a regression when the labels are quantities; an identifier can't be predicted.");
    }

    [Fact]
    public void Inputs_are_all_columns_but_those_of_tasks_and_split_and_the_excluded() =>
        Create(BySide with { Inputs = new InputsDefinition { Exclude = ["none", "late"] } }).Value.Signature.Inputs.Select(input => input.Name)
            .ShouldBe(["x", "text", "number", "five", "one", "constant", "trained", "level"]);

    [Fact]
    public void The_rarer_label_is_positive_unless_one_is_named()
    {
        Create(Definition).Value.Signature.Outputs[0].Labels.ShouldBe(["often", "rare"]);
        Create(Definition with { Tasks = [new TaskDefinition("task", "two", TaskKind.Binary) { Positive = "often" }] }).Value.Signature.Outputs[0].Labels.ShouldBe(["rare", "often"]);
    }

    [Fact]
    public void A_named_positive_label_stands_against_all_others() =>
        Create(Definition with { Tasks = [new TaskDefinition("task", "five", TaskKind.Binary) { Positive = "f1" }] }).Value.Signature.Outputs[0].Labels.ShouldBe(["not f1", "f1"]);

    [Fact]
    public void Classes_that_are_numbers_are_in_numeric_order()
    {
        var table = new Table([new NumericColumn("x", new float[Rows]), new NumericColumn("class", [.. Enumerable.Range(0, Rows).Select(row => 12f - (row % 4))])]);

        TrainingPlan.Create(Definition with { Tasks = [new TaskDefinition("task", "class", TaskKind.Multiclass)], Inputs = new InputsDefinition() }, table, MethodCatalogue.Standard)
            .Value.Signature.Outputs[0].Labels.ShouldBe(["9", "10", "11", "12"]);
    }

    [Fact]
    public void Options_are_completed_with_their_defaults() =>
        Create(Definition).Value.Definition.Encoder.Options.Keys.ShouldBe(["widths", "activation", "dropout"]);

    [Fact]
    public void The_same_definition_and_table_give_the_same_plan() => Create(Definition).Value.Fingerprint.ShouldBe(Create(Definition).Value.Fingerprint);

    private static ExperimentDefinition Task(string column, TaskKind kind) => Definition with { Tasks = [new TaskDefinition("task", column, kind)] };

    private static Result<TrainingPlan> Create(ExperimentDefinition definition) => TrainingPlan.Create(definition, Table, MethodCatalogue.Standard);
}
