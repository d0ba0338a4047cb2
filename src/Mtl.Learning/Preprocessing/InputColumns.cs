using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Learning.Preprocessing;

/// <summary>Which columns a model may see, and how each becomes features.</summary>
internal static class InputColumns
{
    /// <summary>The input columns, or what is wrong with the definition's choice.</summary>
    public static Result<InputSelection> Choose(ExperimentDefinition definition, Table table) =>
        ModalityColumns.Choose(definition, table).Then(modalities => ChooseOrdinary(definition, table, modalities).Then<InputSelection>(ordinary => new InputSelection(ordinary, modalities)));

    private static Result<IReadOnlyList<Column>> ChooseOrdinary(ExperimentDefinition definition, Table table, IReadOnlyList<ModalitySelection> modalities)
    {
        foreach (var (field, names) in new[] { ("include", definition.Inputs.Include), ("exclude", definition.Inputs.Exclude) })
            for (var i = 0; i < names.Count; i++)
                if (table.Find(names[i], $"inputs.{field}[{i}]") is { IsSuccess: false } absent)
                    return absent.Error;

        for (var i = 0; i < definition.Inputs.Include.Count; i++)
            if (NotAnInput(definition, definition.Inputs.Include[i]) is { } reason)
                return Error.Invalid($"inputs.include names '{definition.Inputs.Include[i]}', {reason}, which can't be an input.", "Leave it out.", $"inputs.include[{i}]");

        HashSet<Column> taken = [.. modalities.SelectMany(modality => modality.Columns)];
        Column[] chosen =
        [
            .. table.Columns.Where(column =>
                (definition.Inputs.Include.Count == 0 || definition.Inputs.Include.Contains(column.Name))
                && !definition.Inputs.Exclude.Contains(column.Name)
                && !taken.Contains(column)
                && NotAnInput(definition, column.Name) is null),
        ];
        if (chosen.Length == 0 && taken.Count == 0)
            return Error.Invalid("No input column is left besides the tasks' columns, the split column and those excluded.", "Exclude fewer columns.", "inputs");

        HashSet<string> outputs = [.. definition.Tasks.SelectMany(task => new[] { task.Name, LabelOutput(task.Name), $"{task.Name}_std", $"{task.Name}_quantiles", $"{task.Name}_error" })];
        return chosen.Concat(taken).FirstOrDefault(column => outputs.Contains(column.Name)) is { } clash
            ? Error.Invalid(
                $"The column '{clash.Name}' is an input, and the model's output for a task has the same name.",
                "Give the task another name, or exclude the column.",
                "tasks")
            : chosen;
    }

    /// <summary>Fits a column's preprocessing on the training rows.</summary>
    public static InputColumn Fit(Column column, ReadOnlySpan<int> trainRows, PreprocessingDefinition preprocessing)
    {
        if (column is NumericColumn numeric)
        {
            var values = new float[trainRows.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = numeric.Values[trainRows[i]];
            return NumericInput.Fit(column.Name, values, preprocessing) with { IsDate = column.Type == ColumnType.Date };
        }

        var text = column.AsText();
        var counts = new int[text.Vocabulary.Length];
        var missing = 0;
        foreach (var row in trainRows)
        {
            if (text.Codes[row] is var code and not TextColumn.Missing)
                counts[code]++;
            else
                missing++;
        }

        return CategoricalInput.Fit(column.Name, text.Vocabulary.Zip(counts).Append(("", missing)).Where(entry => entry.Item2 > 0), preprocessing);
    }

    /// <summary>The name of a classification task's label output.</summary>
    public static string LabelOutput(string task) => $"{task}_label";

    /// <summary>Why a column can't be an input; null when it can.</summary>
    internal static string? NotAnInput(ExperimentDefinition definition, string column) =>
        definition.Tasks.FirstOrDefault(task => task.LabelColumns.Contains(column)) is { } task ? $"the column of task '{task.Name}'"
        : definition.Tasks.FirstOrDefault(task => task.By == column) is { } own ? $"the column that says which rows task '{own.Name}' has"
        : definition.Split.Kind != SplitKind.Random && definition.Split.Column == column ? "the split column"
        : null;
}
