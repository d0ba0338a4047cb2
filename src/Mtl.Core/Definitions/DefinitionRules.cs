using System.Globalization;
using System.Text.RegularExpressions;
using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>What can be said of a definition without its data: names, bounds, methods and their options.</summary>
public static partial class DefinitionRules
{
    private const int LongestName = 200;

    private static readonly Bound[] Bounds =
    [
        new("preprocessing.bins", d => d.Preprocessing.Bins, 2, 256),
        new("preprocessing.oneHotLimit", d => d.Preprocessing.OneHotLimit, 0, 1024),
        new("preprocessing.minimumCategoryCount", d => d.Preprocessing.MinimumCategoryCount, 1, int.MaxValue),
        new("preprocessing.maximumCategories", d => d.Preprocessing.MaximumCategories, 2, 1_000_000),
        new("training.epochs", d => d.Training.Epochs, 1, 100_000),
        new("training.batchSize", d => d.Training.BatchSize, 1, 1_000_000),
        new("training.drawingTemperature", d => d.Training.DrawingTemperature, 1, 1000),
        new("training.warmupSteps", d => d.Training.WarmupSteps, 0, int.MaxValue),
        new("training.clipNorm", d => d.Training.ClipNorm, 0, double.MaxValue),
        new("training.clipValue", d => d.Training.ClipValue, 0, double.MaxValue),
        new("training.patience", d => d.Training.Patience, 0, int.MaxValue),
        new("training.threads", d => d.Training.Threads, 0, 256),
        new("training.checkpointSeconds", d => d.Training.CheckpointSeconds, 1, 3600),
        new("training.analysisEvery", d => d.Training.AnalysisEvery, 0, int.MaxValue),
    ];

    /// <summary>Checks <paramref name="definition"/> and gives it back with every option of its methods filled in, or says what is wrong first.</summary>
    public static Result<ExperimentDefinition> Complete(ExperimentDefinition definition, ICatalogue catalogue)
    {
        if (Broken(definition) is { } error)
            return error;

        var completed = definition;
        foreach (var (field, kind, get, set) in Parts)
        {
            var choice = catalogue.Complete(kind, get(definition));
            if (!choice.IsSuccess)
                return choice.Error with { Field = choice.Error.Field.Length == 0 ? field : $"{field}.{choice.Error.Field}" };
            completed = set(completed, choice.Value);
        }

        var modalities = ModalityRules.Complete(definition.Inputs.Modalities, catalogue);
        if (!modalities.IsSuccess)
            return modalities.Error;
        var fusion = ModalityRules.Complete(definition.Inputs.Fusion, catalogue);
        if (!fusion.IsSuccess)
            return fusion.Error;

        var tasks = new List<TaskDefinition>();
        foreach (var (task, index) in definition.Tasks.Select((task, index) => (task, index)))
        {
            if (task.Loss is not { } loss)
            {
                tasks.Add(task);
                continue;
            }

            var choice = catalogue.Complete(MethodKind.Loss, loss);
            if (!choice.IsSuccess)
                return choice.Error with { Field = $"tasks[{index}].loss" };
            tasks.Add(task with { Loss = choice.Value });
        }

        var regularizers = new List<Choice>();
        foreach (var (index, regularizer) in definition.Regularizers.Index())
        {
            var choice = catalogue.Complete(MethodKind.Regularizer, regularizer);
            if (!choice.IsSuccess)
                return choice.Error with { Field = $"regularizers[{index}]{(choice.Error.Field.Length == 0 ? "" : $".{choice.Error.Field}")}" };
            regularizers.Add(choice.Value);
        }

        completed = completed with { Tasks = tasks, Inputs = completed.Inputs with { Modalities = modalities.Value, Fusion = fusion.Value }, Regularizers = regularizers };
        return (catalogue.Refuse(completed) ?? GridRules.Broken(completed, catalogue)) is { } refused ? refused : completed;
    }

    private static readonly (string Field, MethodKind Kind, Func<ExperimentDefinition, Choice> Get, Func<ExperimentDefinition, Choice, ExperimentDefinition> Set)[] Parts =
    [
        ("learner", MethodKind.Learner, d => d.Learner, (d, choice) => d with { Learner = choice }),
        ("featureSpace", MethodKind.FeatureSpace, d => d.FeatureSpace, (d, choice) => d with { FeatureSpace = choice }),
        ("architecture", MethodKind.Architecture, d => d.Architecture, (d, choice) => d with { Architecture = choice }),
        ("encoder", MethodKind.Encoder, d => d.Encoder, (d, choice) => d with { Encoder = choice }),
        ("weighting", MethodKind.Weighting, d => d.Weighting, (d, choice) => d with { Weighting = choice }),
        ("optimizer", MethodKind.Optimizer, d => d.Optimizer, (d, choice) => d with { Optimizer = choice }),
        ("training.schedule", MethodKind.Schedule, d => d.Training.Schedule, (d, choice) => d with { Training = d.Training with { Schedule = choice } }),
    ];

    private static Error? Broken(ExperimentDefinition definition) =>
        BrokenName(definition.Name)
        ?? BrokenData(definition.Data)
        ?? BrokenTasks(definition.Tasks)
        ?? BrokenInputs(definition.Inputs)
        ?? BrokenSplit(definition.Split)
        ?? BrokenTransfer(definition.Transfer)
        ?? Bounds.Select(bound => bound.Broken(definition)).FirstOrDefault(error => error is not null);

    private static Error? BrokenName(string name) => name.Trim().Length is 0 or > LongestName
        ? Error.Invalid($"An experiment's name has 1 to {LongestName} characters; this one has {name.Trim().Length}.", field: "name")
        : name.Any(char.IsControl) ? Error.Invalid("An experiment's name can't hold control characters.", field: "name") : null;

    private static Error? BrokenData(DataDefinition data)
    {
        if (data.Tables is not { } tables)
        {
            return (data.Path.Length > 0, data.Dataset.Length > 0) switch
            {
                (true, true) => Error.Invalid("Both data.path and data.dataset are given; exactly one of them says where the table is.", field: "data"),
                (false, false) => Error.Invalid("Neither data.path nor data.dataset is given; one of them must say where the table is.", field: "data"),
                _ => null,
            };
        }

        if (data.Path.Length + data.Dataset.Length > 0)
            return Error.Invalid("data.tables is given beside data.path or data.dataset; exactly one of them says where the rows are.", field: "data");
        if (tables.Count < 2)
            return Error.Invalid($"data.tables has {tables.Count} table{(tables.Count == 1 ? "" : "s")}; at least 2 are stacked.", "Give a single table by data.path or data.dataset.", "data.tables");
        if (data.Origin.Trim().Length == 0)
            return Error.Invalid("data.origin is empty; it names the column that tells the stacked tables' rows apart.", field: "data.origin");
        foreach (var (name, table) in tables)
        {
            if (name.Trim().Length == 0)
                return Error.Invalid("A table of data.tables has an empty name; its rows carry that name.", field: "data.tables");
            if (table is null || (table.Path.Length > 0) == (table.Dataset.Length > 0))
                return Error.Invalid($"Table '{name}' must have a path or a dataset, and not both.", field: $"data.tables.{name}");
        }

        return null;
    }

    private static Error? BrokenTasks(IReadOnlyList<TaskDefinition> tasks)
    {
        if (tasks.Count == 0)
            return Error.Invalid("The experiment has no task; at least one column must be predicted.", field: "tasks");

        for (var index = 0; index < tasks.Count; index++)
        {
            if (tasks[index] is not { } task)
                return Error.Invalid($"tasks[{index}] is null; a task has a name, a column and a kind.", field: $"tasks[{index}]");
            if (!IsName(task.Name))
                return Error.Invalid($"The task name '{task.Name}' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'.", field: $"tasks[{index}].name");
            if (task.Name == "all")
                return Error.Invalid("A task can't be named 'all': metrics of all tasks together carry that name.", field: $"tasks[{index}].name");
            if (TaskRules.Broken(task, $"tasks[{index}]") is { } broken)
                return broken;
            if (task.Value.Length > 0 && task.By.Length == 0)
            {
                return Error.Invalid(
                    $"Task '{task.Name}' has the value '{task.Value}' and no column that holds it.", "Name the column in 'by', or leave the value out.", $"tasks[{index}].by");
            }

            if (task.By.Length > 0 && task.By == task.Column)
                return Error.Invalid($"Task '{task.Name}' is by the column that it predicts, '{task.By}'.", "Name the column that tells the tasks' rows apart.", $"tasks[{index}].by");
            if (tasks.Take(index).Any(other => other.Name == task.Name))
                return Error.Invalid($"Two tasks are named '{task.Name}'; a task's name is unique in its experiment.", field: $"tasks[{index}].name");
        }

        return null;
    }

    private static Error? BrokenInputs(InputsDefinition inputs) => inputs.Include.Concat(inputs.Exclude).Any(string.IsNullOrEmpty)
        ? Error.Invalid("inputs.include and inputs.exclude hold an empty name; they list columns.", field: "inputs")
        : ModalityRules.Broken(inputs.Modalities);

    /// <summary>Whether tasks and modalities may be named so.</summary>
    internal static bool IsName(string name) => TaskName().IsMatch(name);

    private static Error? BrokenSplit(SplitDefinition split)
    {
        if (split.Kind != SplitKind.Random && split.Column.Length == 0)
            return Error.Invalid($"A split of kind '{split.Kind.ToString().ToLowerInvariant()}' needs split.column.", field: "split.column");
        foreach (var (field, fraction) in new[] { ("split.validation", split.Validation), ("split.test", split.Test) })
            if (fraction is not (> 0 and < 0.9))
                return Error.Invalid($"{field} is {fraction.ToString(CultureInfo.InvariantCulture)}; a fraction greater than 0 and less than 0.9 is allowed.", field: field);
        return split.Validation + split.Test < 0.95 || split.Kind == SplitKind.Column
            ? null
            : Error.Invalid("split.validation and split.test leave less than 5 % of the rows for training.", "Make one of them smaller.", "split.validation");
    }

    private static Error? BrokenTransfer(TransferDefinition? transfer) => transfer is null || transfer.Run.Length > 0 != transfer.Model.Length > 0
        ? null
        : Error.Invalid(
            transfer.Run.Length > 0
                ? "Both transfer.run and transfer.model are given; exactly one of them says where the shared parameters come from."
                : "Neither transfer.run nor transfer.model is given; one of them must say where the shared parameters come from.",
            field: "transfer");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex TaskName();

    private sealed record Bound(string Field, Func<ExperimentDefinition, double> Value, double Minimum, double Maximum)
    {
        public Error? Broken(ExperimentDefinition definition)
        {
            var value = Value(definition);
            return value >= Minimum && value <= Maximum
                ? null
                : Error.Invalid($"{Field} is {Text(value)}; allowed is {(Maximum >= int.MaxValue ? $"at least {Text(Minimum)}" : $"{Text(Minimum)} to {Text(Maximum)}")}.", field: Field);
        }

        private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
