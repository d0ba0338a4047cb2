using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>Fits a task's labels, or says why they can't be learned.</summary>
internal static class Targets
{
    /// <param name="task">The task.</param>
    /// <param name="field">Its place in the definition: <c>tasks[0]</c>.</param>
    /// <param name="columns">Its label columns; none for a reconstruction.</param>
    /// <param name="features">The table's features.</param>
    /// <param name="trainRows">The rows that means and shares are taken from.</param>
    public static Result<TaskTarget> Fit(TaskDefinition task, string field, IReadOnlyList<Column> columns, TableFeatures features, ReadOnlySpan<int> trainRows)
    {
        if (task.Kind == TaskKind.Reconstruction)
        {
            if (features.Modalities > 1)
                return Error.Invalid($"Task '{task.Name}' is a reconstruction, but the inputs have {features.Modalities} modalities; one is reconstructed.", "Leave the other inputs out, or the task.", $"{field}.kind");
            return features.Width > 0
                ? ReconstructionTarget.Fit(features.Values, features.Width, features.Rows, trainRows)
                : Error.Invalid($"Task '{task.Name}' is a reconstruction, but no input becomes dense features: all are ids.", "Raise preprocessing.oneHotLimit, or add numeric inputs.", $"{field}.kind");
        }

        return task.Columns.Count > 0 ? MultilabelTarget.Fit(task, field, columns, trainRows) : Fit(task, field, columns[0], features, trainRows);
    }

    private static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, TableFeatures features, ReadOnlySpan<int> trainRows)
    {
        if (column.MissingCount == column.Count)
        {
            return Error.Invalid(
                $"Task '{task.Name}': column '{column.Name}' has no label in any of its {column.Count} rows.",
                "Choose a column with labels.",
                $"{field}.column");
        }

        if (task.Kind == TaskKind.Regression)
            return RegressionTarget.Fit(task, field, column, trainRows);
        if (task.Kind == TaskKind.Rating)
            return RatingTarget.Fit(task, field, column, trainRows);
        if (task.Kind == TaskKind.Tagging)
            return TaggingTarget.Fit(task, field, column, features, trainRows);
        if (task.Kind == TaskKind.Multilabel)
            return MultilabelTarget.Fit(task, field, column, trainRows);
        var codes = LabelCodes.Of(column);
        if (codes.Labels.Count == 1)
        {
            return Error.Invalid(
                $"Task '{task.Name}': column '{column.Name}' has one label only, '{codes.Labels[0]}'; there is nothing to learn.",
                "Choose a column with at least two labels.",
                $"{field}.column");
        }

        return task.Kind == TaskKind.Binary ? BinaryTarget.Fit(task, field, codes, trainRows) : MulticlassTarget.Fit(task, field, codes, trainRows);
    }
}

/// <summary>A table's inputs as targets may need them.</summary>
/// <param name="Values">Dense features, [rows, width], row-major.</param>
/// <param name="Plan">How they are preprocessed.</param>
/// <param name="Table">The raw columns.</param>
internal sealed record TableFeatures(float[] Values, FeaturePlan Plan, Table Table)
{
    public int Width => Plan.FeatureCount;

    public int Rows => Table.RowCount;

    /// <summary>Of the inputs, where there are several; else 0.</summary>
    public int Modalities => Plan.PreprocessedInputs().Parts.Count;
}
