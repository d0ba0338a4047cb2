using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Core.Tests;

public class DefinitionRulesTests
{
    private static readonly ExperimentDefinition Good = new("Adult", new DataDefinition { Path = "adult.csv" }, [new("income", "income", TaskKind.Binary)]);

    [Fact]
    public void A_good_definition_comes_back_with_its_options_filled_in() =>
        DefinitionRules.Complete(Good, new OneOption()).Value.Optimizer.Options["filled"]!.GetValue<bool>().ShouldBeTrue();

    public static TheoryData<string, ExperimentDefinition, string> Broken => new()
    {
        { "name", Good with { Name = " " }, "An experiment's name has 1 to 200 characters; this one has 0." },
        { "data", Good with { Data = new() }, "Neither data.path nor data.dataset is given; one of them must say where the table is." },
        { "tasks", Good with { Tasks = [] }, "The experiment has no task; at least one column must be predicted." },
        { "tasks[1].name", Good with { Tasks = [Good.Tasks[0], Good.Tasks[0]] }, "Two tasks are named 'income'; a task's name is unique in its experiment." },
        { "tasks[0].name", Good with { Tasks = [new("a/b", "c", TaskKind.Binary)] }, "The task name 'a/b' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'." },
        { "tasks[0].column", Good with { Tasks = [new("t", "", TaskKind.Binary)] }, "Task 't' names no column." },
        { "tasks[0].column", Good with { Tasks = [new("t", "c", TaskKind.Reconstruction)] }, "Task 't' is a reconstruction, which predicts the model's inputs and has no column." },
        { "tasks[0].columns", Good with { Tasks = [new("t", "c", TaskKind.Multiclass) { Columns = ["a", "b"] }] }, "Task 't' is multiclass; several columns are for multilabel tasks." },
        { "tasks[0].columns", Good with { Tasks = [new("t", "", TaskKind.Multilabel) { Columns = ["a"] }] }, "Task 't' has one label column; a multilabel task has at least two." },
        { "tasks[0].columns", Good with { Tasks = [new("t", "c", TaskKind.Multilabel) { Columns = ["a", "b"] }] }, "Task 't' has both a column and columns; exactly one of them says where its labels are." },
        { "tasks[0].separator", Good with { Tasks = [new("t", "c", TaskKind.Multilabel) { Separator = "" }] }, "Task 't' has an empty separator; it stands between the labels of a row." },
        { "tasks[0].minimum", Good with { Tasks = [new("t", "c", TaskKind.Rating) { Minimum = 5, Maximum = 1 }] }, "Task 't' rates from 5 to 1; the minimum must be less than the maximum." },
        { "tasks[0].maximum", Good with { Tasks = [new("t", "c", TaskKind.Regression) { Maximum = 1 }] }, "Task 't' is regression; minimum and maximum are for ratings." },
        { "tasks[0].by", Good with { Tasks = [new("t", "", TaskKind.Reconstruction) { By = "c" }] }, "Task 't' is a reconstruction, which is of all rows." },
        { "data", Good with { Data = new() { Path = "a.csv", Tables = new Dictionary<string, TableDefinition>() } }, "data.tables is given beside data.path or data.dataset; exactly one of them says where the rows are." },
        { "data.tables", Good with { Data = new() { Tables = new Dictionary<string, TableDefinition> { ["a"] = new() { Path = "a.csv" } } } }, "data.tables has 1 table; at least 2 are stacked." },
        { "data.tables.b", Good with { Data = new() { Tables = new Dictionary<string, TableDefinition> { ["a"] = new() { Path = "a.csv" }, ["b"] = new() } } }, "Table 'b' must have a path or a dataset, and not both." },
        { "training.drawingTemperature", Good with { Training = new() { DrawingTemperature = 0.5 } }, "training.drawingTemperature is 0.5; allowed is 1 to 1000." },
        { "training.epochs", Good with { Training = new() { Epochs = 0 } }, "training.epochs is 0; allowed is 1 to 100000." },
        { "training.clipNorm", Good with { Training = new() { ClipNorm = double.NaN } }, "training.clipNorm is NaN; allowed is at least 0." },
        { "split.test", Good with { Split = new() { Test = 0.9 } }, "split.test is 0.9; a fraction greater than 0 and less than 0.9 is allowed." },
        { "transfer", Good with { Transfer = new() }, "Neither transfer.run nor transfer.model is given; one of them must say where the shared parameters come from." },
        { "transfer", Good with { Transfer = new() { Run = "r", Model = "m" } }, "Both transfer.run and transfer.model are given; exactly one of them says where the shared parameters come from." },
        { "split.column", Good with { Split = new() { Kind = SplitKind.Group } }, "A split of kind 'group' needs split.column." },
        { "training.clipValue", Good with { Training = new() { ClipValue = -1 } }, "training.clipValue is -1; allowed is at least 0." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_said_with_its_field(string field, ExperimentDefinition definition, string message)
    {
        var error = DefinitionRules.Complete(definition, new OneOption()).Error.ShouldNotBeNull();
        error.Message.ShouldBe(message);
        error.Field.ShouldBe(field);
    }

    [Fact]
    public void Options_of_the_schedule_are_filled_in_too() =>
        DefinitionRules.Complete(Good with { Training = new() { Epochs = 3 } }, new OneOption()).Value.Training.ShouldSatisfyAllConditions(
            training => training.Schedule.Options["filled"]!.GetValue<bool>().ShouldBeTrue(),
            training => training.Epochs.ShouldBe(3));

    [Fact]
    public void What_the_catalogue_does_not_put_together_is_refused() =>
        DefinitionRules.Complete(Good with { Name = "refused" }, new OneOption()).Error!.Message.ShouldBe("These do not go together.");

    private sealed class OneOption : ICatalogue
    {
        public IReadOnlyList<MethodInfo> Methods => [];

        public Result<MethodInfo> Find(MethodKind kind, string key) => Error.NotFound("none");

        public Result<Choice> Complete(MethodKind kind, Choice choice) => choice with { Options = new Dictionary<string, JsonNode?> { ["filled"] = true } };

        public Error? Refuse(ExperimentDefinition definition) => definition.Name == "refused" ? Error.Invalid("These do not go together.") : null;
    }
}
